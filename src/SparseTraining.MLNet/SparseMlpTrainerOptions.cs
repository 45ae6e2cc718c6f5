namespace SparseTraining.MLNet;

/// <summary>
/// Which columns a trainer reads and how it trains. What is left <see langword="null"/> is decided by the data's size; see
/// docs/mlnet.md. Immutable; make variants with <c>with</c>.
/// </summary>
public sealed record SparseMlpTrainerOptions
{
    internal const int MostNetworks = 1000;

    /// <summary>The label: a key for multi-class, a Boolean for binary classification, a Single for regression.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public string LabelColumnName { get; init => field = Checked(value, nameof(LabelColumnName)); } = "Label";

    /// <summary>The features, a vector of Single of known size.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public string FeatureColumnName { get; init => field = Checked(value, nameof(FeatureColumnName)); } = "Features";

    /// <summary>The weight of an example in the loss, a Single; <see langword="null"/> for weight 1.</summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>The most passes over the training data (epochs) of each network, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? NumberOfIterations { get; init => field = AtLeastOne(value, nameof(NumberOfIterations)); }

    /// <summary>Examples of one step, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? BatchSize { get; init => field = AtLeastOne(value, nameof(BatchSize)); }

    /// <summary>The highest learning rate of the default optimizer, finite and above 0. Not used where <see cref="Network"/> is given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite or not above 0.</exception>
    public double? LearningRate
    {
        get;
        init => field = value is null or (> 0 and < double.PositiveInfinity)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LearningRate), value, "The learning rate must be finite and above 0.");
    }

    /// <summary>
    /// Neurons of each hidden layer, at least 1 each; empty for a linear model. With layers of your own all networks are of one
    /// kind; otherwise several kinds are trained and blended.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A layer has no neuron.</exception>
    public IReadOnlyList<int>? HiddenLayers
    {
        get;
        init
        {
            foreach (int neurons in value ?? [])
            {
                AtLeastOne(neurons, nameof(HiddenLayers));
            }

            field = value is null ? null : [.. value];
        }
    }

    /// <summary>Networks of each kind, each trained on other rows, in [1, 1000]. Their outputs are averaged.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [1, 1000].</exception>
    public int? NumberOfNetworks
    {
        get;
        init => field = value is null or (>= 1 and <= MostNetworks)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(NumberOfNetworks), value, $"There must be 1 to {MostNetworks} networks.");
    }

    /// <summary>
    /// The networks in all detail, in place of the default ones: links, activation, evolution, optimizer, schedule, dropout,
    /// loss. Its task is set by the trainer, its seed by <see cref="Seed"/>.
    /// </summary>
    public SparseMlpOptions? Network { get; init; }

    /// <summary>The seed of everything random; <see langword="null"/> to draw it from that of the <c>MLContext</c>.</summary>
    public int? Seed { get; init; }

    /// <summary>Threads that work at once, at least 1; <see langword="null"/> for one a processor. It never changes results.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? NumberOfThreads { get; init => field = AtLeastOne(value, nameof(NumberOfThreads)); }

    private static int? AtLeastOne(int? value, string name) =>
        value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "The value must be at least 1.");

    private static string Checked(string value, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        return value;
    }
}
