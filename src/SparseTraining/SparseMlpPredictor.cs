using SparseTraining.Data;
using SparseTraining.Kernels;
using SparseTraining.Layers;
using SparseTraining.Persistence;
using SparseTraining.Training;

namespace SparseTraining;

/// <summary>
/// A model that only predicts: immutable, safe to use from any number of threads at once, and without anything that only
/// training needs, neither in memory nor in a program compiled ahead of time. It gives the same bits as the model.
/// </summary>
public sealed class SparseMlpPredictor
{
    private readonly Network _network;
    private readonly InferencePool _inference;

    private SparseMlpPredictor(NetworkLayer[] layers, MlpTask task, FeatureScaler? scaler, IReadOnlyList<string> classNames)
    {
        Task = task;
        ClassNames = classNames;
        Scaler = scaler;
        InputSize = layers[0].Linear.InputSize;
        OutputSize = layers[^1].Linear.OutputSize;
        LinkCount = layers.Sum(layer => (long)layer.Linear.LinkCount);
        Layers = layers;
        _network = new Network(layers, null);
        _inference = new InferencePool(_network, scaler);
    }

    /// <summary>What the model has learnt.</summary>
    public MlpTask Task { get; }

    /// <summary>Features of a sample.</summary>
    public int InputSize { get; }

    /// <summary>Classes, labels or target values.</summary>
    public int OutputSize { get; }

    /// <summary>Links over all layers.</summary>
    public long LinkCount { get; }

    /// <summary>What the classes are called, in the order of their labels, or empty.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The scaling that is done to features, or <see langword="null"/> if there is none.</summary>
    public FeatureScaler? Scaler { get; }

    /// <summary>What is computed, from the input to the output; dense or <see cref="InferenceSparseLayer"/>.</summary>
    internal IReadOnlyList<NetworkLayer> Layers { get; }

    /// <summary>Loads a model file.</summary>
    /// <param name="path">What <see cref="SparseMlp.Save(string, ModelFileOptions?)"/> wrote.</param>
    /// <returns>The predictor.</returns>
    /// <exception cref="InvalidDataException">The file is no model file, is damaged, needs a newer version, or has an activation of its author's own.</exception>
    public static SparseMlpPredictor Load(string path)
    {
        using FileStream stream = ModelStream.Open(path, FileOptions.SequentialScan);
        SparseMlpPredictor predictor = Load(stream);
        ModelStream.ThrowIfMoreFollows(stream);
        return predictor;
    }

    /// <summary>Loads a model from a stream, which need not be able to seek, stays open, and is read up to the end of the model.</summary>
    /// <param name="stream">What <see cref="SparseMlp.Save(Stream, ModelFileOptions?)"/> wrote.</param>
    /// <returns>The predictor.</returns>
    /// <exception cref="InvalidDataException">The bytes are no model, are damaged, need a newer version, or have an activation of their author's own.</exception>
    public static SparseMlpPredictor Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var reader = new SectionReader("model file");
        ModelFile? file = null;
        SectionSequence.Read(stream, reader, ModelFile.Read(reader, new ModelParts(), f => file = f));
        return file!.StepsTaken > 0
            ? new SparseMlpPredictor(file.Layers, file.Task, file.Scaler, file.ClassNames)
            : throw new InvalidDataException("The model in the file was never trained.");
    }

    /// <summary>Predicts one sample.</summary>
    /// <param name="features">The sample, <see cref="InputSize"/> values.</param>
    /// <returns>Probabilities of the classes or labels, or predicted values: <see cref="OutputSize"/> of them.</returns>
    /// <exception cref="ArgumentException">The number of features is wrong, or one is not finite.</exception>
    public float[] Predict(ReadOnlySpan<float> features)
    {
        SamplePrediction.ThrowIfNotSamples(features, InputSize, 1);
        var outputs = new float[OutputSize];
        Predict(features, outputs);
        return outputs;
    }

    /// <summary>
    /// Predicts one or more samples into the caller's memory. Allocates nothing once as many threads as ever predict at
    /// the same time have done so before.
    /// </summary>
    /// <param name="features">[samples, <see cref="InputSize"/>], row after row.</param>
    /// <param name="destination">[samples, <see cref="OutputSize"/>], exactly.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a feature is not finite.</exception>
    public void Predict(ReadOnlySpan<float> features, Span<float> destination) =>
        SamplePrediction.Run(_inference, InputSize, OutputSize, features, destination);

    /// <summary>Predicts the class of one sample: the likeliest, or for a binary model 1 if its probability is above ½.</summary>
    /// <param name="features">The sample, <see cref="InputSize"/> values.</param>
    /// <returns>The class label.</returns>
    /// <exception cref="InvalidOperationException">The model does not choose one class.</exception>
    /// <exception cref="ArgumentException">The number of features is wrong, or one is not finite.</exception>
    public int PredictClass(ReadOnlySpan<float> features)
    {
        SamplePrediction.ThrowIfNotClassifier(Task);
        SamplePrediction.ThrowIfNotSamples(features, InputSize, 1);
        Span<float> outputs = OutputSize <= 256 ? stackalloc float[OutputSize] : new float[OutputSize];
        Predict(features, outputs);
        return BlockColumn.Class(outputs, 1, 0);
    }

    /// <summary>Starts threads that predict together, for the lowest latency of one caller.</summary>
    /// <param name="maxDegreeOfParallelism">Threads, the caller's included, or −1 for one a processor that no run of this library uses at that moment.</param>
    /// <returns>The predictor, to be disposed of when it is not needed any more.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is neither −1 nor at least 1.</exception>
    public ParallelPredictor InParallel(int maxDegreeOfParallelism = -1) =>
        new(this, _network, SamplePrediction.Threads(maxDegreeOfParallelism));

    internal static SparseMlpPredictor Of(Network network, MlpTask task, FeatureScaler? scaler, IReadOnlyList<string> classNames) =>
        new([.. network.Layers.Select(Copy)], task, scaler, classNames);

    /// <summary>A layer of its own, which later training of the model does not touch. Masks never change and are shared.</summary>
    private static NetworkLayer Copy(NetworkLayer layer)
    {
        ReadOnlySpan<float> weights = layer.Linear.WeightValues;
        if (layer.Linear is MaskedLinearLayer masked)
        {
            var values = new float[masked.LinkCount];
            masked.CopyLinkValues(values);
            weights = values;
        }

        LinearLayer linear;
        if (layer.Linear is IRewirable { Mask: var mask })
        {
            linear = new InferenceSparseLayer(mask, weights);
        }
        else
        {
            linear = new DenseLinearLayer(layer.Linear.InputSize, layer.Linear.OutputSize);
            weights.CopyTo(linear.WeightValues);
        }

        layer.Linear.BiasValues.CopyTo(linear.BiasValues);
        var copy = new NetworkLayer(linear, layer.Activation, layer.DropoutRate, layer.Initializer, layer.Evolves, layer.IsClamped);
        layer.ActivationParameters.Values.CopyTo(copy.ActivationParameters.Values, 0);
        return copy;
    }
}
