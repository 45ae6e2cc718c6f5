using SparseTraining.Datasets.Input;

namespace SparseTraining.Datasets;

/// <summary>The content of an IDX file: numbers in row-major order, the last dimension fastest.</summary>
public sealed class IdxArray
{
    private readonly PackedNumbers _numbers;

    internal IdxArray(PackedNumbers numbers, int[] dimensions)
    {
        _numbers = numbers;
        Dimensions = dimensions;
    }

    /// <summary>The sizes, for example 60000, 28, 28 for images.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>How the file stores the numbers.</summary>
    public NumericType ElementType => _numbers.Type;

    /// <summary>Numbers in all: the product of the dimensions.</summary>
    public int Count => _numbers.Count;

    /// <summary>Copies the numbers, each rounded to float where it has more digits.</summary>
    /// <returns><see cref="Count"/> values.</returns>
    public float[] ToSingles() => _numbers.To<float>();

    /// <summary>The numbers as they are stored, not copied.</summary>
    internal ReadOnlyMemory<byte> Bytes => _numbers.Bytes;

    /// <summary>Copies the numbers; every type that IDX knows fits a double exactly.</summary>
    /// <returns><see cref="Count"/> values.</returns>
    public double[] ToDoubles() => _numbers.To<double>();
}
