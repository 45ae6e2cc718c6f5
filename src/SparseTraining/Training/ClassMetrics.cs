namespace SparseTraining.Training;

/// <summary>How well one class is recognised.</summary>
/// <param name="Precision">Of the samples predicted as this class, the share that is; 0 if none was predicted.</param>
/// <param name="Recall">Of the samples of this class, the share that was found; 0 if there are none.</param>
/// <param name="F1">The harmonic mean of precision and recall; 0 if both are 0.</param>
/// <param name="Support">Samples of this class.</param>
public readonly record struct ClassMetrics(double Precision, double Recall, double F1, long Support)
{
    internal static ClassMetrics From(long truePositives, long predicted, long actual)
    {
        double precision = predicted == 0 ? 0 : (double)truePositives / predicted;
        double recall = actual == 0 ? 0 : (double)truePositives / actual;
        double sum = precision + recall;
        return new ClassMetrics(precision, recall, sum == 0 ? 0 : 2 * precision * recall / sum, actual);
    }
}
