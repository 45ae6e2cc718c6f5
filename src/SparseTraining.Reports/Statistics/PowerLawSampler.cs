using SparseTraining.Randomness;

namespace SparseTraining.Reports.Statistics;

/// <summary>Draws from a discrete power law by inverting its distribution function.</summary>
internal sealed class PowerLawSampler
{
    private const int TableSize = 2048;
    private const int Largest = 1 << 30;
    private readonly PowerLawTail _law;

    /// <summary>P(X ≥ m + i), falling.</summary>
    private readonly double[] _atLeast = new double[TableSize];

    public PowerLawSampler(double exponent, int minimum)
    {
        _law = new PowerLawTail(exponent, minimum, 0, 0);
        for (int i = 0; i < TableSize; i++)
        {
            _atLeast[i] = _law.AtLeast(minimum + i);
        }
    }

    /// <summary>The largest x with P(X ≥ x) ≥ u for an even u in (0, 1].</summary>
    public int Next(RandomGenerator random)
    {
        double u = 1 - random.NextDouble();
        if (u > _atLeast[^1])
        {
            return _law.Minimum + LastAtLeast(u, 0, TableSize - 1, i => _atLeast[i]);
        }

        int low = _law.Minimum + TableSize - 1;
        int high = low;
        while (high < Largest && _law.AtLeast(high) >= u)
        {
            low = high;
            high *= 2;
        }

        return LastAtLeast(u, low, Math.Min(high, Largest), x => _law.AtLeast(x));
    }

    /// <summary>Bisection: the function is at least u at <paramref name="low"/> and falls.</summary>
    private static int LastAtLeast(double u, int low, int high, Func<int, double> atLeast)
    {
        while (high - low > 1)
        {
            int middle = low + ((high - low) / 2);
            if (atLeast(middle) >= u)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
