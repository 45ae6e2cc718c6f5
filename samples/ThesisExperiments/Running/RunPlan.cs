using System.Globalization;
using SparseTraining;
using SparseTraining.Schedules;
using ThesisExperiments.Definitions;

namespace ThesisExperiments.Running;

/// <summary>All that decides one training run, its number of threads apart.</summary>
internal sealed record RunPlan
{
    public required Experiment Experiment { get; init; }

    public required DataDefinition Data { get; init; }

    public required Method Method { get; init; }

    public required TrainingSettings Settings { get; init; }

    public required FirstWeights FirstWeights { get; init; }

    /// <summary>The run, from 1.</summary>
    public required int Run { get; init; }

    /// <summary>The seed of the network and of the split, equal for all methods of a run.</summary>
    public required ulong Seed { get; init; }

    public required int Epochs { get; init; }

    public required int[] Hidden { get; init; }

    public required int? TrainSamples { get; init; }

    public required bool Quick { get; init; }

    /// <summary>The method with what differs from the thesis' settings: the name of files, and of a line in figures.</summary>
    public string Configuration => KeyOf(Method.Key, Settings.Name, FirstWeights);

    public SparseMlp CreateNetwork() =>
        new(Data.Features, Hidden, Data.Classes, Settings.Options(Method, FirstWeights, Seed));

    /// <summary>The settings as texts, to be kept with the results and compared before a run goes on.</summary>
    public SortedDictionary<string, string> Describe(bool isGenerated)
    {
        SparseMlpOptions options = Settings.Options(Method, FirstWeights, Seed);
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["settings"] = Settings.Name,
            ["first weights"] = options.WeightInitializer?.ToString() ?? "He and Glorot uniform on a neuron's links",
            ["activation"] = options.HiddenActivation.Name,
            ["optimizer"] = $"{options.Optimizer}",
            ["dropout"] = Text(options.Dropout),
            ["epsilon"] = Text(options.Epsilon),
            ["sampling"] = $"{options.Sampling}",
            ["output layer"] = $"{options.OutputLayer}",
            ["grown links"] = options.Layers == LayerKind.Dense ? "none" : $"{options.Evolution.GrownWeights}",
            ["layers"] = $"{options.Layers}",
            ["evolution"] = options.Layers == LayerKind.Dense ? "none" : $"{options.Evolution}",
            ["scaling"] = options.FeatureScaling == FeatureScaling.None ? "none" : $"{options.FeatureScaling}, fitted on the training part",
            ["hidden"] = string.Join("-", Hidden),
            ["batch size"] = Text(Settings.BatchSize),
            ["epochs"] = Text(Epochs),
            ["augmentation"] = Experiment.Augmented ? "shift 0.1, rotation 10 degrees, horizontal flip 0.5" : "none",
            ["training samples"] = TrainSamples is int samples ? $"first {Text(samples)}" : Quick ? "quick" : "all",
            ["data"] = isGenerated ? "generated stand-in" : "real",
            ["split"] = Data.IsSplit ? "as published" : $"stratified, a third for testing, seed {Text(Seed)}",
            ["seed"] = Text(Seed),
        };
        if (options.LearningRateSchedule != LearningRateSchedules.Constant)
        {
            texts["learning rate"] = $"{options.LearningRateSchedule}";
        }

        return texts;
    }

    /// <summary>A method's key with what differs from the thesis' settings.</summary>
    public static string KeyOf(string method, string settings, FirstWeights weights) =>
        method
        + (settings == TrainingSettings.ThesisName ? "" : $"-{settings}")
        + (weights == FirstWeights.Default ? "" : $"-{weights.Key()}");

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
