using System.Collections;

namespace SparseTraining.Topology;

public sealed partial class WeightMask
{
    /// <summary>Goes through the links of a mask in their stored order without allocating.</summary>
    public struct Enumerator : IEnumerator<Link>
    {
        private readonly WeightMask _mask;
        private int _row;
        private int _link;

        internal Enumerator(WeightMask mask)
        {
            _mask = mask;
            _link = -1;
        }

        /// <summary>The link that the last call of <see cref="MoveNext"/> reached.</summary>
        public readonly Link Current => new(_row, _mask.ColumnOf(_link));

        readonly object IEnumerator.Current => Current;

        /// <summary>Goes on to the next link.</summary>
        /// <returns>False at the end.</returns>
        public bool MoveNext()
        {
            if (_link + 1 >= _mask.LinkCount)
            {
                return false;
            }

            _link++;
            while (_link >= _mask._rowPointers[_row + 1])
            {
                _row++;
            }

            return true;
        }

        /// <summary>Goes back to before the first link.</summary>
        public void Reset()
        {
            _row = 0;
            _link = -1;
        }

        /// <summary>Does nothing; there is nothing to release.</summary>
        public readonly void Dispose()
        {
        }
    }
}
