using SparseTraining.Evolution;
using SparseTraining.Optimizers;
using SparseTraining.Schedules;
using SparseTraining.Training;
using KnownActivations = SparseTraining.Activations.Activations;
using KnownLosses = SparseTraining.Losses.Losses;
using KnownOptimizers = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tiers.Tests;

/// <summary>A way to train, chosen by the name of each of its parts.</summary>
internal sealed class Configuration
{
    private static readonly string[][] Choices =
    [
        ["batch1", "batch2", "batch5", "batch20", "batch40", "batch100", "batch130"],
        ["relu", "all-relu", "srelu", "gelu", "tanh", "leaky-relu", "elu", "swish"],
        ["set", "rigl", "exd", "static", "dense", "masked", "masked-rebuilt"],
        ["sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"],
        ["softmax", "softmax-smoothed", "softmax-squares", "binary", "multi-label", "regression", "huber"],
        ["keep-all", "dropout"],
        ["unclipped", "norm-clipped", "value-clipped"],
        ["unpenalized", "penalized"],
        ["unscaled", "standard", "min-max"],
        ["narrow", "wide"],
        ["floats", "bytes"],
    ];

    private readonly string[] _parts;

    private Configuration(string[] parts) => _parts = parts;

    /// <summary>Every pair of choices is in at least one of these.</summary>
    public static IReadOnlyList<Configuration> All { get; } = [.. Pairs.Cover(Choices).Select(parts => new Configuration(parts))];

    public string Name => string.Join(' ', _parts);

    public int BatchSize => int.Parse(_parts[0]["batch".Length..], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whole batches and then a smaller one, where a batch can be smaller.</summary>
    public int SampleCount => BatchSize switch { 1 => 9, 2 => 9, var size => 2 * size + size / 3 + 1 };

    public int[] Hidden => _parts[9] == "narrow" ? [40, 29] : [130, 60];

    public int Inputs => _parts[9] == "narrow" ? 23 : 90;

    /// <summary>Whether the features are stored as bytes.</summary>
    public bool IsOfBytes => _parts[10] == "bytes";

    public int Outputs => _parts[4] switch { "binary" => 1, "multi-label" or "huber" => 2, "regression" => 1, _ => 4 };

    public MlpTask Task => _parts[4] switch
    {
        "binary" => MlpTask.BinaryClassification,
        "multi-label" => MlpTask.MultiLabelClassification,
        "regression" or "huber" => MlpTask.Regression,
        _ => MlpTask.MulticlassClassification,
    };

    public SparseMlpOptions Options => new()
    {
        Task = Task,
        Seed = 11,
        Epsilon = _parts[9] == "narrow" ? 5 : 20,
        HiddenActivation = _parts[1] switch
        {
            "relu" => KnownActivations.Relu,
            "all-relu" => KnownActivations.AllRelu(),
            "srelu" => KnownActivations.SRelu(),
            "gelu" => KnownActivations.Gelu,
            "tanh" => KnownActivations.Tanh,
            "leaky-relu" => KnownActivations.LeakyRelu(),
            "elu" => KnownActivations.Elu(),
            "swish" => KnownActivations.Swish(),
            _ => throw Unknown(_parts[1]),
        },
        Layers = _parts[2] switch
        {
            "dense" => LayerKind.Dense,
            "masked" => LayerKind.MaskedDense,
            "masked-rebuilt" => LayerKind.MaskedDenseRebuilt,
            _ => LayerKind.Sparse,
        },
        Evolution = _parts[2] switch
        {
            "rigl" => TopologyEvolution.RigL(everySteps: 2, ZetaSchedules.Constant(0.2)),
            "exd" => TopologyEvolution.Exd(),
            "static" => TopologyEvolution.None,
            _ => TopologyEvolution.Set(),
        },
        Optimizer = _parts[3] switch
        {
            "sgd" => KnownOptimizers.Sgd(0.05),
            "momentum" => KnownOptimizers.Momentum(0.02),
            "nesterov" => KnownOptimizers.Nesterov(0.02),
            "rmsprop" => KnownOptimizers.RmsProp(0.002),
            "adam" => KnownOptimizers.Adam(0.005),
            "adamw" => KnownOptimizers.AdamW(0.005),
            _ => throw Unknown(_parts[3]),
        },
        Loss = _parts[4] switch
        {
            "softmax-smoothed" => KnownLosses.CategoricalCrossEntropy(0.1),
            "softmax-squares" => KnownLosses.MeanSquaredError(),
            "huber" => KnownLosses.Huber(0.5),
            _ => null,
        },
        OutputActivation = _parts[4] == "softmax-squares" ? KnownActivations.Softmax : null,
        Dropout = _parts[5] == "dropout" ? 0.3 : 0,
        GradientClipping = _parts[6] switch
        {
            "norm-clipped" => GradientClipping.ByGlobalNorm(0.3),
            "value-clipped" => GradientClipping.ByValue(0.02),
            _ => null,
        },
        Regularization = _parts[7] == "penalized"
            ? new Regularization { L1 = 1e-4, L2 = 1e-3, DecoupledDecay = 1e-3, IncludeBias = true }
            : Regularization.None,
        FeatureScaling = _parts[8] switch
        {
            "standard" => FeatureScaling.Standard,
            "min-max" => FeatureScaling.MinMax,
            _ => FeatureScaling.None,
        },
    };

    private static ArgumentException Unknown(string choice) => new($"There is no choice \"{choice}\".");
}
