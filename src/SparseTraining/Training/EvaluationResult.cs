namespace SparseTraining.Training;

/// <summary>
/// Metrics of a model on a data set. A metric that has no meaning for the task is NaN, a list empty. Sample weights count
/// in <see cref="Loss"/> only.
/// </summary>
public sealed class EvaluationResult
{
    private readonly long[] _rankCounts;

    internal EvaluationResult(long[] rankCounts) => _rankCounts = rankCounts;

    /// <summary>How many samples have their true class at each rank of likeliness; empty where there are not several classes.</summary>
    internal IReadOnlyList<long> RankCounts => _rankCounts;

    /// <summary>Samples evaluated.</summary>
    public required long SampleCount { get; init; }

    /// <summary>The mean over samples of weight · loss, with the loss that the model is trained on.</summary>
    public required double Loss { get; init; }

    /// <summary>
    /// The share of samples predicted rightly: the likeliest class, for a binary model the side of ½, for a multi-label
    /// model all labels at once.
    /// </summary>
    public double Accuracy { get; init; } = double.NaN;

    /// <summary>For multi-label models the share of single labels predicted rightly; equals accuracy for other classifiers.</summary>
    public double LabelAccuracy { get; init; } = double.NaN;

    /// <summary>The mean negative logarithm of the probability given to the truth (natural logarithm, unweighted, no smoothing).</summary>
    public double LogLoss { get; init; } = double.NaN;

    /// <summary>Samples by true class (first index) and predicted class (second index); empty for multi-label models.</summary>
    public IReadOnlyList<IReadOnlyList<long>> ConfusionMatrix { get; init; } = [];

    /// <summary>Precision, recall and F1 of each class (each label).</summary>
    public IReadOnlyList<ClassMetrics> Classes { get; init; } = [];

    /// <summary>The mean of the classes' F1, all classes counting the same.</summary>
    public double MacroF1 => Classes.Count == 0 ? double.NaN : Classes.Average(metrics => metrics.F1);

    /// <summary>The mean of the classes' recall: accuracy as if all classes had equally many samples.</summary>
    public double BalancedAccuracy => Classes.Count == 0 ? double.NaN : Classes.Average(metrics => metrics.Recall);

    /// <summary>The mean squared difference between targets and predictions (regression).</summary>
    public double MeanSquaredError { get; init; } = double.NaN;

    /// <summary>The root of the mean squared error (regression).</summary>
    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>The mean absolute difference (regression).</summary>
    public double MeanAbsoluteError { get; init; } = double.NaN;

    /// <summary>
    /// The share of the targets' variance that is explained, the mean over outputs (regression). 0 for an output whose
    /// targets do not vary, or 1 if it is predicted exactly.
    /// </summary>
    public double RSquared { get; init; } = double.NaN;

    /// <summary>The share of samples whose true class is among the k likeliest.</summary>
    /// <param name="k">How many of the likeliest classes count, in [1, classes].</param>
    /// <returns>The accuracy.</returns>
    /// <exception cref="InvalidOperationException">The model does not tell several classes apart.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is out of range.</exception>
    public double TopKAccuracy(int k)
    {
        if (_rankCounts.Length == 0)
        {
            throw new InvalidOperationException("Top-k accuracy needs a model that tells several classes apart.");
        }

        if (k < 1 || k > _rankCounts.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(k), k, $"k must lie in [1, {_rankCounts.Length}].");
        }

        return (double)_rankCounts.Take(k).Sum() / SampleCount;
    }

    /// <inheritdoc/>
    public override string ToString() => double.IsNaN(Accuracy)
        ? FormattableString.Invariant($"loss {Loss:F4}, RMSE {RootMeanSquaredError:F4}, R² {RSquared:F4}")
        : FormattableString.Invariant($"loss {Loss:F4}, accuracy {Accuracy:P2}, macro F1 {MacroF1:F4}");
}
