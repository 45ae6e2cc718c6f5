using SparseTraining.Activations;
using SparseTraining.Data;
using SparseTraining.Layers;
using SparseTraining.Training;

namespace SparseTraining;

/// <summary>
/// A multi-layer perceptron that is truly sparse: it stores and computes only the links it has, and its topology can evolve
/// while it trains (SET, Mocanu et al., Nature Communications 9, 2018, and its relatives).
/// </summary>
/// <remarks>
/// A fitted model may predict from any number of threads at once. <see cref="Fit(BatchSource, FitOptions?)"/> must not run at the
/// same time as anything else on the same model; its callbacks may use the model, and see it as it is at that moment.
/// </remarks>
public sealed partial class SparseMlp
{
    private readonly int[] _hidden;
    private Network _network;
    private InferencePool _inference;
    private bool _isFitting;

    /// <summary>Makes a network with its first links and weights, drawn from the seed.</summary>
    /// <param name="inputs">Features of a sample, at least 1.</param>
    /// <param name="hidden">Neurons of each hidden layer, at least 1 each; empty for a linear model.</param>
    /// <param name="outputs">Classes, labels or target values, at least 1: at least 2 for multi-class, exactly 1 for binary.</param>
    /// <param name="options">What the network is and how it learns, or <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below its smallest value, or does not fit the task.</exception>
    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    public SparseMlp(int inputs, ReadOnlySpan<int> hidden, int outputs, SparseMlpOptions? options = null)
    {
        ThrowIfBelow(inputs, 1, nameof(inputs), "The network needs at least 1 input");
        for (int i = 0; i < hidden.Length; i++)
        {
            ThrowIfBelow(hidden[i], 1, nameof(hidden), $"Hidden layer {i + 1} needs at least 1 neuron");
        }

        options ??= new SparseMlpOptions();
        ThrowIfUnfit(outputs, options);
        InputSize = inputs;
        OutputSize = outputs;
        Options = options;
        _hidden = hidden.ToArray();
        _network = NetworkBuilder.Build(inputs, hidden, outputs, options);
        _inference = new InferencePool(_network, null);
    }

    private SparseMlp(Network network, FeatureScaler? scaler, SparseMlpOptions options)
    {
        InputSize = network.InputSize;
        OutputSize = network.OutputSize;
        Options = options;
        _hidden = [.. network.Layers[..^1].Select(layer => layer.Linear.OutputSize)];
        _network = network;
        _inference = new InferencePool(network, scaler);
    }

    /// <summary>Features of a sample.</summary>
    public int InputSize { get; }

    /// <summary>Neurons of each hidden layer.</summary>
    public IReadOnlyList<int> HiddenSizes => _hidden;

    /// <summary>Classes, labels or target values.</summary>
    public int OutputSize { get; }

    /// <summary>What the network is and how it learns.</summary>
    public SparseMlpOptions Options { get; }

    /// <summary>Whether the model has been trained for at least one step.</summary>
    public bool IsFitted => _network.StepsTaken > 0;

    /// <summary>Links over all layers.</summary>
    public long LinkCount => _network.Layers.Sum(layer => (long)layer.Linear.LinkCount);

    /// <summary>Links, biases and activation parameters over all layers.</summary>
    public long ParameterCount => _network.Layers.Sum(layer => (long)layer.ParameterCount);

    /// <summary>The scaling that was fitted on the training data, or <see langword="null"/> if there is none.</summary>
    public FeatureScaler? Scaler => _inference.Scaler;

    /// <summary>
    /// What the classes (labels) are called, one name a class in the order of the labels, or empty. Kept in model files; a
    /// reader of the Datasets package gives the names that stood in the data.
    /// </summary>
    /// <exception cref="ArgumentException">There is not one name a class, a name is missing, or the task has no classes.</exception>
    public IReadOnlyList<string> ClassNames
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            int classes = Options.Task == MlpTask.Regression ? 0 : BatchChecks.ClassCount(OutputSize, Options.Task);
            if (value.Count > 0 && (value.Count != classes || value.Any(name => name is null)))
            {
                throw new ArgumentException($"There are {value.Count} class names, none of which may be missing; a model for {Options.Task} takes {classes}.", nameof(value));
            }

            field = [.. value];
        }
    } = [];

    /// <summary>The linear layers from the input to the output.</summary>
    public IReadOnlyList<LinearLayer> Layers => [.. _network.Layers.Select(layer => layer.Linear)];

    /// <summary>Describes the network layer by layer.</summary>
    /// <returns>The summary; print it.</returns>
    public ModelSummary Summary() => ModelSummary.Of(_network, Options, null);

    /// <summary>Describes the network layer by layer, and what memory a run of training will take beside it, without allocating any.</summary>
    /// <param name="run">The run: batch size and threads count. Data with fewer samples than a batch makes smaller batches.</param>
    /// <returns>The summary; print it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public ModelSummary Summary(FitOptions run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return ModelSummary.Of(_network, Options, run);
    }

    /// <summary>What the task asks of the outputs, of a new network and of an imported one.</summary>
    private static void ThrowIfUnfit(int outputs, SparseMlpOptions options)
    {
        ThrowIfBelow(outputs, 1, nameof(outputs), "The network needs at least 1 output");
        if (options.Task == MlpTask.MulticlassClassification)
        {
            ThrowIfBelow(outputs, 2, nameof(outputs), "Multi-class classification needs at least 2 outputs, one a class");
        }

        if (options.Task == MlpTask.BinaryClassification && outputs != 1)
        {
            throw new ArgumentOutOfRangeException(nameof(outputs), outputs, "Binary classification has exactly 1 output.");
        }

        if (outputs == 1 && NetworkBuilder.OutputActivation(options) is SoftmaxActivation)
        {
            throw new ArgumentException("Softmax needs at least 2 outputs: that of 1 is always 1. Take the sigmoid.", nameof(options));
        }
    }

    private static void ThrowIfBelow(int value, int smallest, string argument, string rule)
    {
        if (value < smallest)
        {
            throw new ArgumentOutOfRangeException(argument, value, $"{rule}.");
        }
    }
}
