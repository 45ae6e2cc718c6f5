using SparseTraining.Activations;
using SparseTraining.Evolution;
using SparseTraining.Initialization;
using SparseTraining.Losses;
using SparseTraining.Optimizers;
using SparseTraining.Schedules;
using SparseTraining.Training;

namespace SparseTraining;

/// <summary>What a network is and how it learns. Immutable; make variants with <c>with</c>.</summary>
public sealed record SparseMlpOptions
{
    /// <summary>What the network is to learn. Multi-class classification by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of <see cref="MlpTask"/>.</exception>
    public MlpTask Task { get; init => field = Defined(value, nameof(Task)); } = MlpTask.MulticlassClassification;

    /// <summary>How layers are stored and computed. Truly sparse by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of <see cref="LayerKind"/>.</exception>
    public LayerKind Layers { get; init => field = Defined(value, nameof(Layers)); } = LayerKind.Sparse;

    /// <summary>How the output layer is connected. Fully by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of <see cref="OutputLayerKind"/>.</exception>
    public OutputLayerKind OutputLayer { get; init => field = Defined(value, nameof(OutputLayer)); } = OutputLayerKind.Dense;

    /// <summary>
    /// ε: a layer of n inputs and m outputs gets ε (n + m) links, or all n · m if that is less. 20 by default. Not used when
    /// <see cref="Density"/> is given.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and above 0.</exception>
    public double Epsilon
    {
        get;
        init => field = double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Epsilon), value, "Epsilon must be finite and above 0.");
    } = 20;

    /// <summary>How dense each layer is, in place of <see cref="Epsilon"/>: <c>DensityAllocation.Uniform(0.05)</c> and the like. Covers the sparse layers only.</summary>
    public DensityAllocation? Density { get; init; }

    /// <summary>How the first links are drawn. Exactly as many distinct links as asked for, by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of <see cref="ErdosRenyiSampling"/>.</exception>
    public ErdosRenyiSampling Sampling { get; init => field = Defined(value, nameof(Sampling)); } = ErdosRenyiSampling.Exact;

    /// <summary>The activation of the hidden layers. ReLU by default.</summary>
    public Activation HiddenActivation { get; init => field = value ?? throw new ArgumentNullException(nameof(HiddenActivation)); } = Activations.Activations.Relu;

    /// <summary>The activation of the output layer, or <see langword="null"/> for the one that fits the task.</summary>
    public Activation? OutputActivation { get; init; }

    /// <summary>The loss, or <see langword="null"/> for the one that fits the task.</summary>
    public Loss? Loss { get; init; }

    /// <summary>The probability, in [0, 1), that a hidden activation is zeroed while training (inverted dropout). 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Dropout
    {
        get;
        init => field = value >= 0 && (float)value < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Dropout), value, "Dropout must lie in [0, 1).");
    }

    /// <summary>
    /// The first weights, or <see langword="null"/> for He (layers before a rectifier) or Glorot (others), both uniform and on
    /// each neuron's actual number of links.
    /// </summary>
    public WeightInitializer? WeightInitializer { get; init; }

    /// <summary>How links change during training. SET with ζ = 0.3 by default; dense layers ignore it.</summary>
    public TopologyEvolution Evolution { get; init => field = value ?? throw new ArgumentNullException(nameof(Evolution)); } = TopologyEvolution.Set();

    /// <summary>The optimizer. SGD with learning rate 0.01 and momentum 0.9 by default.</summary>
    public Optimizer Optimizer { get; init => field = value ?? throw new ArgumentNullException(nameof(Optimizer)); } = Optimizers.Optimizers.Momentum();

    /// <summary>How the learning rate varies. Constant by default.</summary>
    public ILearningRateSchedule LearningRateSchedule { get; init => field = value ?? throw new ArgumentNullException(nameof(LearningRateSchedule)); } = LearningRateSchedules.Constant;

    /// <summary>Weight decay and penalties. None by default.</summary>
    public Regularization Regularization { get; init => field = value ?? throw new ArgumentNullException(nameof(Regularization)); } = Regularization.None;

    /// <summary>A limit on the gradient, or <see langword="null"/> for none.</summary>
    public GradientClipping? GradientClipping { get; init; }

    /// <summary>What is done to the input features. Nothing by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of <see cref="FeatureScaling"/>.</exception>
    public FeatureScaling FeatureScaling { get; init => field = Defined(value, nameof(FeatureScaling)); } = FeatureScaling.None;

    /// <summary>
    /// The seed of everything random: topology, weights, order of samples, dropout, rewiring. Each draws from a stream of its
    /// own. Same seed and same data give the same bits.
    /// </summary>
    public ulong Seed { get; init; }

    private static T Defined<T>(T value, string name)
        where T : struct, Enum => Enum.IsDefined(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"The value must be one of {string.Join(", ", Enum.GetNames<T>())}.");
}
