using SparseTraining.Datasets.Input;

namespace SparseTraining.Datasets;

/// <summary>A numeric variable of a MAT-file: numbers in column-major order, the first dimension fastest.</summary>
public sealed class MatArray
{
    private readonly PackedNumbers _numbers;

    internal MatArray(string name, int[] dimensions, PackedNumbers numbers)
    {
        Name = name;
        Dimensions = dimensions;
        _numbers = numbers;
    }

    /// <summary>The variable's name.</summary>
    public string Name { get; }

    /// <summary>The sizes, at least two; rows and columns for a matrix.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>Numbers in all: the product of the dimensions.</summary>
    public int Count => _numbers.Count;

    /// <summary>
    /// How the file stores the numbers. It may be narrower than the variable's class: MATLAB stores doubles that are
    /// small whole numbers as bytes.
    /// </summary>
    public NumericType StoredType => _numbers.Type;

    /// <summary>Copies the numbers as they lie in the file.</summary>
    /// <returns><see cref="Count"/> values in column-major order; 64-bit integers beyond 2⁵³ are rounded.</returns>
    public double[] ToDoubles() => _numbers.To<double>();

    /// <summary>Copies a matrix row by row.</summary>
    /// <returns>[rows, columns] in row-major order, each value rounded to float.</returns>
    /// <exception cref="InvalidOperationException">The variable has more than two dimensions.</exception>
    public float[] ToRowMajorSingles()
    {
        if (Dimensions.Count != 2)
        {
            throw new InvalidOperationException($"'{Name}' has {Dimensions.Count} dimensions; a matrix has 2.");
        }

        (int rows, int columns) = (Dimensions[0], Dimensions[1]);
        float[] stored = _numbers.To<float>();
        var values = new float[stored.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                values[row * columns + column] = stored[column * rows + row];
            }
        }

        return values;
    }
}
