using SparseTraining;
using SparseTraining.Activations;
using SparseTraining.Evolution;
using SparseTraining.Initialization;
using SparseTraining.Optimizers;
using SparseTraining.Schedules;

namespace ThesisExperiments.Definitions;

/// <summary>How networks are trained on a data set. <see cref="Thesis"/> is what the thesis did, those called recommended are what works better.</summary>
internal sealed record TrainingSettings
{
    public const string ThesisName = "thesis", RecommendedName = "recommended";

    private const int WideLayer = 4000;

    public required string Name { get; init; }

    public required int BatchSize { get; init; }

    public double LearningRate { get; init; } = 0.01;

    /// <summary>The optimizer with a learning rate.</summary>
    public Func<double, Optimizer> Optimizer { get; init; } = rate => Optimizers.Momentum(rate, momentum: 0.9);

    public ILearningRateSchedule LearningRateSchedule { get; init; } = LearningRateSchedules.Constant;

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

    /// <summary>What is done to features.</summary>
    public FeatureScaling FeatureScaling { get; init; } = FeatureScaling.Standard;

    /// <summary>The first weights, or null for He and Glorot on the links that a neuron has.</summary>
    public WeightInitializer? Initializer { get; init; }

    /// <summary>The settings of that name for a network and a data set.</summary>
    /// <param name="name">The name.</param>
    /// <param name="widest">Neurons of the widest hidden layer.</param>
    /// <param name="data">The data set.</param>
    public static TrainingSettings Of(string name, int widest, DataDefinition data) => name switch
    {
        ThesisName => Thesis(data),
        _ when !data.IsSplit => RecommendedForFewSamples(),
        _ => widest >= WideLayer ? RecommendedForWideLayers(data) : RecommendedForImages(data),
    };

    public SparseMlpOptions Options(Method method, FirstWeights weights, ulong seed) => new()
    {
        Layers = method.Layers,
        Evolution = method.Evolution with { GrownWeights = GrownWeights },
        Epsilon = Epsilon,
        Sampling = Sampling,
        OutputLayer = OutputLayer,
        Dropout = Dropout,
        HiddenActivation = method.Layers == LayerKind.Dense ? DenseActivation : SparseActivation,
        FeatureScaling = FeatureScaling,
        WeightInitializer = weights.Initializer() ?? Initializer,
        Optimizer = Optimizer(LearningRate),
        LearningRateSchedule = LearningRateSchedule,
        Seed = seed,
    };

    /// <summary>
    /// As the thesis trained. Of the small data sets links are drawn with replacement and the output layer is sparse,
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

    private static TrainingSettings RecommendedForImages(DataDefinition data) => new()
    {
        // As in samples/FashionMnist, which says why.
        Name = RecommendedName,
        BatchSize = data.BatchSize,
        SparseActivation = Activations.AllRelu(0.6),
        Initializer = WeightInitializers.Normal(0.05),
    };

    private static TrainingSettings RecommendedForWideLayers(DataDefinition data) => new()
    {
        // The output layer has thousands of inputs, so that a step of 0.01 with momentum overshoots: runs diverge. AdamW takes
        // steps of the same size whatever the width, and a falling rate ends in a minimum. Pixels stay in [0, 1]: those of
        // the rim hardly vary, and divided by their deviation are large wherever augmentation moves something there. A few
        // links a neuron and augmentation regularize enough: dropout costs accuracy.
        Name = RecommendedName,
        BatchSize = data.BatchSize,
        LearningRate = 0.002,
        Optimizer = rate => Optimizers.AdamW(rate),
        LearningRateSchedule = LearningRateSchedules.OneCycle(),
        Dropout = 0,
        SparseActivation = Activations.AllRelu(0.6),
        FeatureScaling = FeatureScaling.None,
        GrownWeights = GrownWeights.Zero,
        Epochs = 200,
    };

    private static TrainingSettings RecommendedForFewSamples() => new()
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
