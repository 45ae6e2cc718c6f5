namespace SparseTraining.Kernels;

/// <summary>Reads one sample of a feature-major block of outputs.</summary>
internal static class BlockColumn
{
    /// <summary>The class that outputs choose: the likeliest, or of a single output whether it is above ½.</summary>
    public static int Class(ReadOnlySpan<float> block, int width, int column) =>
        block.Length == width ? (block[column] > 0.5f ? 1 : 0) : Highest(block, width, column);

    /// <summary>The row of the highest value in a column; of equal ones the first.</summary>
    public static int Highest(ReadOnlySpan<float> block, int width, int column)
    {
        int highest = column;
        for (int i = column + width; i < block.Length; i += width)
        {
            highest = block[i] > block[highest] ? i : highest;
        }

        return highest / width;
    }
}
