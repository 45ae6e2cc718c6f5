using SparseTraining.Data;
using SparseTraining.Kernels;
using SparseTraining.Training;

namespace SparseTraining;

/// <content>Prediction and evaluation.</content>
public sealed partial class SparseMlp
{
    /// <summary>Predicts one sample.</summary>
    /// <param name="features">The sample, <see cref="InputSize"/> values.</param>
    /// <returns>Probabilities of the classes or labels, or predicted values: <see cref="OutputSize"/> of them.</returns>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    /// <exception cref="ArgumentException">The number of features is wrong, or one is not finite.</exception>
    public float[] Predict(ReadOnlySpan<float> features)
    {
        ThrowIfNotFitted();
        SamplePrediction.ThrowIfNotSamples(features, InputSize, 1);
        var outputs = new float[OutputSize];
        Predict(features, outputs);
        return outputs;
    }

    /// <summary>Predicts one or more samples into the caller's memory. Allocates nothing once it has run before.</summary>
    /// <param name="features">[samples, <see cref="InputSize"/>], row after row.</param>
    /// <param name="destination">[samples, <see cref="OutputSize"/>], exactly.</param>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    /// <exception cref="ArgumentException">A length is wrong, or a feature is not finite.</exception>
    public void Predict(ReadOnlySpan<float> features, Span<float> destination)
    {
        ThrowIfNotFitted();
        SamplePrediction.Run(_inference, InputSize, OutputSize, features, destination);
    }

    /// <summary>Predicts the class of one sample: the likeliest, or for a binary model 1 if its probability is above ½.</summary>
    /// <param name="features">The sample, <see cref="InputSize"/> values.</param>
    /// <returns>The class label.</returns>
    /// <exception cref="InvalidOperationException">The model is not fitted, or does not choose one class.</exception>
    /// <exception cref="ArgumentException">The number of features is wrong, or one is not finite.</exception>
    public int PredictClass(ReadOnlySpan<float> features)
    {
        ThrowIfNotClassifier();
        Span<float> outputs = OutputSize <= 256 ? stackalloc float[OutputSize] : new float[OutputSize];
        ThrowIfNotFitted();
        SamplePrediction.ThrowIfNotSamples(features, InputSize, 1);
        Predict(features, outputs);
        return BlockColumn.Class(outputs, 1, 0);
    }

    /// <summary>Makes an immutable copy that only predicts: less memory, and unaffected by later training of this model.</summary>
    /// <returns>The predictor.</returns>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public SparseMlpPredictor ToPredictor()
    {
        ThrowIfNotFitted();
        return SparseMlpPredictor.Of(_network, Options.Task, Scaler, ClassNames);
    }

    /// <summary>Predicts many samples with several threads.</summary>
    /// <param name="data">The samples; targets are not looked at.</param>
    /// <param name="maxDegreeOfParallelism">Threads, or −1 for one a processor that no other run of this library uses.</param>
    /// <param name="cancellationToken">Ends the work between batches.</param>
    /// <returns>[samples, <see cref="OutputSize"/>]: one array a sample.</returns>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    /// <exception cref="ArgumentException">The data does not fit the network, or holds NaN or infinity.</exception>
    public float[][] Predict(BatchSource data, int maxDegreeOfParallelism = -1, CancellationToken cancellationToken = default)
    {
        var predictions = new List<float[]>();
        Run(data, maxDegreeOfParallelism, cancellationToken, (outputs, width, column, _) =>
        {
            var row = new float[OutputSize];
            for (int o = 0; o < row.Length; o++)
            {
                row[o] = outputs[o * width + column];
            }

            predictions.Add(row);
        });
        return [.. predictions];
    }

    /// <summary>Predicts the classes of many samples with several threads.</summary>
    /// <param name="data">The samples; targets are not looked at.</param>
    /// <param name="maxDegreeOfParallelism">Threads, or −1 for one a processor that no other run of this library uses.</param>
    /// <param name="cancellationToken">Ends the work between batches.</param>
    /// <returns>One class label a sample.</returns>
    /// <exception cref="InvalidOperationException">The model is not fitted, or does not choose one class.</exception>
    /// <exception cref="ArgumentException">The data does not fit the network, or holds NaN or infinity.</exception>
    public int[] PredictClasses(BatchSource data, int maxDegreeOfParallelism = -1, CancellationToken cancellationToken = default)
    {
        ThrowIfNotClassifier();
        var classes = new List<int>();
        Run(data, maxDegreeOfParallelism, cancellationToken, (outputs, width, column, _) => classes.Add(BlockColumn.Class(outputs, width, column)));
        return [.. classes];
    }

    /// <summary>Measures the model on data with targets, with several threads.</summary>
    /// <param name="data">The samples and their targets.</param>
    /// <param name="maxDegreeOfParallelism">Threads, or −1 for one a processor that no other run of this library uses. It never changes results.</param>
    /// <param name="cancellationToken">Ends the work between batches.</param>
    /// <returns>The metrics that fit the task.</returns>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    /// <exception cref="ArgumentException">The data does not fit the network or the task, or holds NaN or infinity.</exception>
    public EvaluationResult Evaluate(BatchSource data, int maxDegreeOfParallelism = -1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ThrowIfNotFitted();
        BatchChecks.ThrowIfUnfit(data, InputSize, OutputSize, Options.Task, needsTargets: true, nameof(data));
        using var team = new WorkerTeam(SamplePrediction.Threads(maxDegreeOfParallelism));
        return new Evaluator(_network, Options.Task, Scaler, [], data.SampleCount).Evaluate(data, team, cancellationToken, nameof(data));
    }

    /// <summary>Measures a classifier on rows and class labels.</summary>
    /// <param name="features">One array of features a sample.</param>
    /// <param name="labels">One class label a sample, from 0.</param>
    /// <returns>The metrics that fit the task.</returns>
    public EvaluationResult Evaluate(IReadOnlyList<float[]> features, int[] labels) => Evaluate(Dataset.FromLabels(features, labels));

    private void Run(BatchSource data, int threads, CancellationToken cancellation, Evaluator.PredictionSink sink)
    {
        ArgumentNullException.ThrowIfNull(data);
        ThrowIfNotFitted();
        BatchChecks.ThrowIfUnfit(data, InputSize, OutputSize, Options.Task, needsTargets: false, nameof(data));
        using var team = new WorkerTeam(SamplePrediction.Threads(threads));
        new Evaluator(_network, Options.Task, Scaler, [], data.SampleCount).Predict(data, team, cancellation, nameof(data), sink);
    }

    private void ThrowIfNotFitted()
    {
        if (!IsFitted)
        {
            throw new InvalidOperationException("The model is not fitted: call Fit before predicting or evaluating.");
        }
    }

    private void ThrowIfNotClassifier() => SamplePrediction.ThrowIfNotClassifier(Options.Task);
}
