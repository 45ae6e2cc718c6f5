using SparseTraining;
using SparseTraining.Activations;
using SparseTraining.Evolution;
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

    /// <summary>The activation of sparse and masked networks.</summary>
    public Activation SparseActivation { get; init; } = Activations.Relu;

    /// <summary>The activation of dense networks.</summary>
    public Activation DenseActivation { get; init; } = Activations.Relu;

    /// <summary>How grown links start.</summary>
    public GrownWeights GrownWeights { get; init; } = GrownWeights.FreshDraw;

    /// <summary>Passes over the training data, or null for those of the experiment.</summary>
    public int? Epochs { get; init; }

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
        Evolution = method.Evolution with { GrownWeights = GrownWeights },
        Epsilon = Epsilon,
        Sampling = Sampling,
        OutputLayer = OutputLayer,
        Dropout = Dropout,
        HiddenActivation = method.Layers == LayerKind.Dense ? DenseActivation : SparseActivation,
        FeatureScaling = FeatureScaling.Standard,
        WeightInitializer = weights.Initializer() ?? Initializer,
        Optimizer = Optimizers.Momentum(LearningRate, Momentum),
        Seed = seed,
    };

    /// <summary>
    /// Section 6 of the specification. Of the small data sets links are drawn with replacement and the output layer is sparse,
    /// because only that gives the numbers of parameters that the thesis reports; of Fashion-MNIST those are the numbers of
    /// exact draws and a dense output layer. How weights began it does not say.
    /// </summary>
    private static TrainingSettings Thesis(DataDefinition data) => new()
    {
        Name = ThesisName,
        BatchSize = data.BatchSize,
        Sampling = data.IsSplit ? ErdosRenyiSampling.Exact : ErdosRenyiSampling.WithReplacement,
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
            // Few samples and thousands of features: ReLU networks diverge in a few epochs, where tanh bounds what a layer
            // hands on; and links that grow from 0 do not disturb what the others have learnt.
            Name = RecommendedName,
            BatchSize = 8,
            SparseActivation = Activations.Tanh,
            DenseActivation = Activations.Tanh,
            GrownWeights = GrownWeights.Zero,
            Epochs = 40,
        };
}
