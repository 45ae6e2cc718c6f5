using SparseTraining;
using SparseTraining.Activations;
using SparseTraining.Initialization;
using SparseTraining.Optimizers;

namespace ThesisExperiments.Definitions;

/// <summary>How networks are trained on a data set. <see cref="Thesis"/> is what the thesis did, <see cref="Recommended"/> what works better.</summary>
internal sealed record TrainingSettings
{
    public const string ThesisName = "thesis", RecommendedName = "recommended";

    public required string Name { get; init; }

    public required int BatchSize { get; init; }

    public double LearningRate { get; init; } = 0.01;

    public double Momentum { get; init; } = 0.9;

    public double Dropout { get; init; } = 0.3;

    public double Epsilon { get; init; } = 20;

    /// <summary>The activation of sparse networks; dense ones always have ReLU.</summary>
    public Activation SparseActivation { get; init; } = Activations.Relu;

    public ErdosRenyiSampling Sampling { get; init; } = ErdosRenyiSampling.Exact;

    public OutputLayerKind OutputLayer { get; init; } = OutputLayerKind.Dense;

    /// <summary>The first weights, or null for He and Glorot on the links that a neuron has.</summary>
    public WeightInitializer? Initializer { get; init; }

    /// <summary>The settings of that name for a data set.</summary>
    public static TrainingSettings Of(string name, DataDefinition data) =>
        name == RecommendedName ? Recommended(data) : Thesis(data);

    public SparseMlpOptions Options(Method method, FirstWeights weights, ulong seed) => new()
    {
        Layers = method.Layers,
        Evolution = method.Evolution,
        Epsilon = Epsilon,
        Sampling = Sampling,
        OutputLayer = OutputLayer,
        Dropout = Dropout,
        HiddenActivation = method.Layers == LayerKind.Dense ? Activations.Relu : SparseActivation,
        FeatureScaling = FeatureScaling.Standard,
        WeightInitializer = weights.Initializer() ?? Initializer,
        Optimizer = Optimizers.Momentum(LearningRate, Momentum),
        Seed = seed,
    };

    /// <summary>
    /// Section 6 of the specification. Links are drawn with replacement, and of the small data sets also those of the output
    /// layer, because only that gives the numbers of parameters that the thesis reports. It does not say how weights began.
    /// </summary>
    private static TrainingSettings Thesis(DataDefinition data) => new()
    {
        Name = ThesisName,
        BatchSize = data.BatchSize,
        Sampling = ErdosRenyiSampling.WithReplacement,
        OutputLayer = data.IsSplit ? OutputLayerKind.Dense : OutputLayerKind.SparseEvolving,
    };

    private static TrainingSettings Recommended(DataDefinition data) => data.IsSplit
        ? new()
        {
            // As in samples/FashionMnist, which says why.
            Name = RecommendedName,
            BatchSize = data.BatchSize,
            SparseActivation = Activations.AllRelu(0.6),
            Initializer = WeightInitializers.Normal(0.05),
        }
        : new()
        {
            // A step on two samples follows these two; on a third of the data it follows the classes.
            Name = RecommendedName,
            BatchSize = 16,
            SparseActivation = Activations.AllRelu(0.6),
        };
}
