using System.Globalization;
using SparseTraining.Data;

namespace SparseTraining;

/// <summary>What a call of Fit asks for, as texts: all that decides the bits it ends with, so not threads or callbacks.</summary>
internal static class RunFingerprint
{
    public static KeyValuePair<string, string>[] Of(SparseMlp model, BatchSource train, FitOptions options, int batchSize) =>
    [
        .. OptionsText.Of(model.Options),
        new("sizes", string.Join("-", [model.InputSize, .. model.HiddenSizes, model.OutputSize])),
        new("training-data", Text(train)),
        new("validation-data", options.Validation is { } validation ? Text(validation) : "none"),
        new("epochs", Text(options.Epochs)),
        new("batch-size", Text(batchSize)),
        new("shuffle", $"{options.Shuffle}"),
        new("class-weights", string.Join(" ", options.ClassWeights.Select(weight => weight.ToString("R", CultureInfo.InvariantCulture)))),
        new("early-stopping", options.EarlyStopping is { } early
            ? FormattableString.Invariant($"{early.Metric}, patience {early.Patience}, minimum {early.MinDelta:R}, restores {early.RestoreBestWeights}")
            : "none"),
    ];

    /// <summary>Throws if a checkpoint is of a run that was asked for something else.</summary>
    public static void ThrowIfDifferent(IReadOnlyList<KeyValuePair<string, string>> asked, IReadOnlyList<KeyValuePair<string, string>> stored)
    {
        foreach ((string key, string text) in asked)
        {
            string other = stored.FirstOrDefault(pair => pair.Key == key).Value ?? "missing";
            if (text != other)
            {
                throw new ArgumentException(
                    $"The checkpoint's run was made with {key} = {other}; this call asks for {text}.", nameof(FitOptions.ResumeFrom));
            }
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(BatchSource source) => FormattableString.Invariant(
        $"{(source.SampleCount is long count ? Text(count) : "unknown")} samples, {source.FeatureCount} features, {source.TargetKind} {source.TargetCount}");
}
