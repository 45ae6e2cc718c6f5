using SparseTraining.Training;

namespace SparseTraining;

/// <summary>
/// A predictor with threads of its own, for the lowest latency: several samples are shared out among them, and for a single one they share the
/// neurons of each layer. It gives the same bits as <see cref="SparseMlpPredictor"/>. Calls from several threads take turns.
/// </summary>
/// <remarks>
/// Between calls the threads look out for work for about a millisecond, then they sleep. The first call after that wakes them and does alone what
/// they come too late for. <see cref="Dispose"/> ends them. While they wait, they do not count as busy for a training run that takes a thread for each
/// free processor. To answer many callers at once, call <see cref="SparseMlpPredictor"/> from each instead.
/// </remarks>
public sealed class ParallelPredictor : IDisposable
{
    private readonly SharedInference _inference;

    internal ParallelPredictor(SparseMlpPredictor predictor, Network network, int threads)
    {
        Predictor = predictor;
        _inference = new SharedInference(network, predictor.Scaler, threads);
    }

    /// <summary>What predicts, and says what the inputs and outputs are.</summary>
    public SparseMlpPredictor Predictor { get; }

    /// <summary>Threads that work at once, the caller's included.</summary>
    public int Threads => _inference.Threads;

    /// <summary>Predicts one sample.</summary>
    /// <param name="features">The sample, as many values as the network has inputs.</param>
    /// <returns>Probabilities of the classes or labels, or predicted values: one for each of the network's outputs.</returns>
    /// <exception cref="ArgumentException">The number of features is wrong, or one is not finite.</exception>
    /// <exception cref="ObjectDisposedException">The threads have been ended.</exception>
    public float[] Predict(ReadOnlySpan<float> features)
    {
        SamplePrediction.ThrowIfNotSamples(features, Predictor.InputSize, 1);
        var outputs = new float[Predictor.OutputSize];
        _inference.Predict(features, outputs);
        return outputs;
    }

    /// <summary>Predicts one or more samples into the caller's memory. Allocates nothing once the same number of samples has been predicted before.</summary>
    /// <param name="features">[samples, inputs], row after row.</param>
    /// <param name="destination">[samples, outputs], exactly.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a feature is not finite.</exception>
    /// <exception cref="ObjectDisposedException">The threads have been ended.</exception>
    public void Predict(ReadOnlySpan<float> features, Span<float> destination)
    {
        SamplePrediction.ThrowIfUnfit(Predictor.InputSize, Predictor.OutputSize, features, destination);
        _inference.Predict(features, destination);
    }

    /// <summary>Ends the threads, after the prediction that may be running.</summary>
    public void Dispose() => _inference.Dispose();
}
