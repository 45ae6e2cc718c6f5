using Microsoft.ML;
using SparseTraining.Data;
using SparseTraining.Training;

namespace SparseTraining;

/// <content>Training.</content>
public sealed partial class SparseMlp
{
    /// <summary>Trains the network. A second call starts afresh unless <see cref="FitOptions.WarmStart"/> is set.</summary>
    /// <param name="train">The training data: a <see cref="Dataset"/>, a stream, or a decorator over either.</param>
    /// <param name="options">How long and on what, or <see langword="null"/> for the defaults.</param>
    /// <returns>The history of the run.</returns>
    /// <exception cref="ArgumentException">
    /// The data does not fit the network, holds NaN or infinity (the message names sample and feature), or has a label outside the classes.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; the model is as of the last whole step.</exception>
    /// <exception cref="InvalidDataException">The checkpoint to resume from does not fit the network.</exception>
    /// <exception cref="InvalidOperationException">Fit is running on this model already, for instance where a callback calls it.</exception>
    public FitResult Fit(BatchSource train, FitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        OptionsText.ThrowIfForeign(Options);
        options ??= new FitOptions();
        BatchChecks.ThrowIfUnfit(train, InputSize, OutputSize, Options.Task, needsTargets: true, nameof(train));
        if (options.Validation is { } validation)
        {
            BatchChecks.ThrowIfUnfit(validation, InputSize, OutputSize, Options.Task, needsTargets: true, nameof(FitOptions.Validation));
        }

        ThrowIfContradicting(options);
        if (Interlocked.Exchange(ref _isFitting, true))
        {
            throw new InvalidOperationException("Fit is running on this model; one run must end before the next begins.");
        }

        try
        {
            return Train(train, options);
        }
        finally
        {
            _isFitting = false;
        }
    }

    /// <summary>Trains a classifier on rows and class labels.</summary>
    /// <param name="features">One array of features a sample.</param>
    /// <param name="labels">One class label a sample, from 0.</param>
    /// <param name="options">How long and on what, or <see langword="null"/> for the defaults.</param>
    /// <returns>The history of the run.</returns>
    public FitResult Fit(IReadOnlyList<float[]> features, int[] labels, FitOptions? options = null) =>
        Fit(new Dataset(FeatureMatrix.FromRows(features), Targets.FromLabels(labels)), options);

    /// <summary>Trains a classifier on rows that may lie anywhere, without a copy.</summary>
    /// <param name="features">The features of each sample.</param>
    /// <param name="labels">One class label a sample, from 0.</param>
    /// <param name="options">How long and on what, or <see langword="null"/> for the defaults.</param>
    /// <returns>The history of the run.</returns>
    public FitResult Fit(IReadOnlyList<ReadOnlyMemory<float>> features, ReadOnlyMemory<int> labels, FitOptions? options = null) =>
        Fit(new Dataset(FeatureMatrix.FromRows(features), Targets.FromLabels(labels)), options);

    /// <summary>Trains a regression model with one output.</summary>
    /// <param name="features">One array of features a sample.</param>
    /// <param name="targets">One value a sample.</param>
    /// <param name="options">How long and on what, or <see langword="null"/> for the defaults.</param>
    /// <returns>The history of the run.</returns>
    public FitResult Fit(IReadOnlyList<float[]> features, float[] targets, FitOptions? options = null) =>
        Fit(new Dataset(FeatureMatrix.FromRows(features), Targets.FromValues(targets)), options);

    /// <summary>Trains a regression model of several outputs, or a multi-label classifier on 0/1 flags.</summary>
    /// <param name="features">One array of features a sample.</param>
    /// <param name="targets">One array of values a sample.</param>
    /// <param name="options">How long and on what, or <see langword="null"/> for the defaults.</param>
    /// <returns>The history of the run.</returns>
    public FitResult Fit(IReadOnlyList<float[]> features, IReadOnlyList<float[]> targets, FitOptions? options = null) =>
        Fit(new Dataset(FeatureMatrix.FromRows(features), Targets.FromRows(targets)), options);

    /// <summary>Trains on a data frame of ML.NET, which is read into memory once.</summary>
    /// <param name="view">The data frame.</param>
    /// <param name="featuresColumn">A vector of single-precision numbers.</param>
    /// <param name="labelColumn">A key, Boolean or number (classification), a number or vector of numbers (regression, multi-label).</param>
    /// <param name="options">How long and on what, or <see langword="null"/> for the defaults.</param>
    /// <returns>The history of the run.</returns>
    public FitResult Fit(IDataView view, string featuresColumn = "Features", string labelColumn = "Label", FitOptions? options = null)
    {
        bool labels = Options.Task is MlpTask.MulticlassClassification or MlpTask.BinaryClassification;
        return Fit(DataViewReader.Read(view, featuresColumn, labelColumn, numbersAreLabels: labels), options);
    }

    private FitResult Train(BatchSource train, FitOptions options)
    {
        TrainingPlan plan = Plan(train, options);
        if (plan.Resume is not null)
        {
            RunFingerprint.ThrowIfDifferent(plan.Fingerprint, plan.Resume.Fingerprint);
        }

        bool warm = options.WarmStart && IsFitted && plan.Resume is null;
        bool keeps = warm || (_network.StepsTaken == 0 && plan.Resume is null);
        Network network = keeps ? _network : NetworkBuilder.Build(InputSize, _hidden, OutputSize, Options);
        FeatureScaler? scaler = plan.Resume is not null ? plan.Resume.Scaler : warm ? Scaler : Options.FeatureScaling switch
        {
            FeatureScaling.Standard => FeatureScaler.FitStandard(train),
            FeatureScaling.MinMax => FeatureScaler.FitMinMax(train),
            _ => null,
        };
        (Network, InferencePool) before = (_network, _inference);
        NetworkCounters counters = plan.Resume?.Counters ?? NetworkCounters.Of(network);

        // Now, not at the end: callbacks see the model as it is, and may measure or save it.
        _network = network;
        _inference = new InferencePool(network, scaler);
        try
        {
            return Trainer.Run(network, plan with { Scaler = scaler });
        }
        catch when (network.StepsTaken <= counters.StepsTaken)
        {
            // Nothing has been trained: the next run is to be the one that this would have been.
            (_network, _inference) = before;
            counters.Restore(network);
            throw;
        }
    }

    private void ThrowIfContradicting(FitOptions options)
    {
        int classes = BatchChecks.ClassCount(OutputSize, Options.Task);
        bool hasClasses = Options.Task is MlpTask.MulticlassClassification or MlpTask.BinaryClassification;
        if (options.ClassWeights.Count > 0 && (!hasClasses || options.ClassWeights.Count != classes))
        {
            throw new ArgumentException(
                hasClasses
                    ? $"There are {options.ClassWeights.Count} class weights for {classes} classes."
                    : $"{Options.Task} has no classes to weigh; give weights to the samples.",
                nameof(FitOptions.ClassWeights));
        }

        for (int c = 0; c < options.ClassWeights.Count; c++)
        {
            if (!(float.IsFinite(options.ClassWeights[c]) && options.ClassWeights[c] >= 0))
            {
                throw new ArgumentException(
                    $"Class {c} has weight {options.ClassWeights[c]}; weights must be finite and at least 0.", nameof(FitOptions.ClassWeights));
            }
        }

        if (options.Callbacks.Any(callback => callback is null))
        {
            throw new ArgumentException("A callback is null.", nameof(FitOptions.Callbacks));
        }

        if (options.EarlyStopping is { Metric: not MonitoredMetric.TrainingLoss } && options.Validation is null)
        {
            throw new ArgumentException(
                $"Early stopping on {options.EarlyStopping.Metric} needs validation data.", nameof(FitOptions.EarlyStopping));
        }

        if (options.EarlyStopping is { Metric: MonitoredMetric.ValidationAccuracy } && Options.Task == MlpTask.Regression)
        {
            throw new ArgumentException("Regression has no accuracy to watch; watch the loss.", nameof(FitOptions.EarlyStopping));
        }
    }

    private TrainingPlan Plan(BatchSource train, FitOptions options) => new()
    {
        Task = Options.Task,
        Source = train,
        Validation = options.Validation,
        Scaler = null,
        ClassWeights = [.. options.ClassWeights],
        Epochs = options.Epochs,
        BatchSize = BatchSizeFor(train, options.BatchSize),
        Shuffle = options.Shuffle,
        Seed = Options.Seed,
        Optimizer = Options.Optimizer,
        LearningRateSchedule = Options.LearningRateSchedule,
        Regularization = Options.Regularization,
        Clipping = Options.GradientClipping,
        Evolution = Options.Evolution,
        RebuildsAfterRewire = Options.Layers == LayerKind.MaskedDenseRebuilt,
        EarlyStopping = options.EarlyStopping,
        Callbacks = options.Callbacks,
        Progress = options.Progress,
        Logger = options.Logger,
        Threads = options.MaxDegreeOfParallelism,
        Cancellation = options.CancellationToken,
        Fingerprint = RunFingerprint.Of(this, train, options, BatchSizeFor(train, options.BatchSize)),
        Resume = options.ResumeFrom?.Run,
    };

    /// <summary>A batch larger than the data would only waste memory.</summary>
    private static int BatchSizeFor(BatchSource train, int batchSize) =>
        train.SampleCount is long samples && samples < batchSize ? (int)samples : batchSize;
}
