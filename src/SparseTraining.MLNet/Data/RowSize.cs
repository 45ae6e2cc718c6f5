using Microsoft.ML.Data;

namespace SparseTraining.MLNet.Data;

/// <summary>
/// ML.NET passes a vector on as the row has it, be it null, shorter or longer than the type of its column states. Copied into
/// a buffer, a short one would leave there what the row before had.
/// </summary>
internal static class RowSize
{
    /// <summary>Checks the features of a row.</summary>
    /// <param name="features">The features.</param>
    /// <param name="expected">How many the model or the column has.</param>
    /// <param name="row">Which row, from 0, where that is known.</param>
    /// <exception cref="InvalidOperationException">There are more or fewer, as ML.NET's own trainers throw it.</exception>
    public static void Check(in VBuffer<float> features, int expected, long? row = null)
    {
        if (features.Length != expected)
        {
            throw new InvalidOperationException($"{(row is null ? "A row" : $"Row {row}")} has {features.Length} features; {expected} are needed.");
        }
    }
}
