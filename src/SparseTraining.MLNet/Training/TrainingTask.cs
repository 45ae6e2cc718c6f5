using Microsoft.ML.Runtime;
using SparseTraining.MLNet.Data;

namespace SparseTraining.MLNet.Training;

/// <summary>What is to be trained, on what, and for how long; the same for networks of all kinds.</summary>
internal sealed class TrainingTask
{
    private const int MostBins = 8;
    private const int MostInputs = 2_000;

    /// <summary>Above so many rows there are fewer networks, and fewer rows are held out.</summary>
    private const int ManyRows = 20_000;

    /// <param name="rows">The data.</param>
    /// <param name="classes">Classes, or 0 for regression.</param>
    /// <param name="options">What the user has decided.</param>
    /// <param name="seed">Decides everything random.</param>
    /// <param name="host">Who asks; a cancelled environment ends the training.</param>
    public TrainingTask(TrainingRows rows, int classes, SparseMlpTrainerOptions options, ulong seed, IHost host)
    {
        Rows = rows;
        Classes = classes;
        Options = options;
        Seed = seed;
        Host = host;
        Scale = classes == 0 ? LabelScale.Fit(rows) : null;

        // Bins multiply the inputs; with many features there is no room for them.
        Encoder = FeatureEncoder.Fit(rows, Math.Min(MostBins, MostInputs / rows.FeatureCount), seed);
        Epochs = options.NumberOfIterations ?? Math.Clamp(400_000 / rows.Count, 15, 100);
        BatchSize = options.BatchSize ?? Math.Clamp(rows.Count / 20, 16, 256);
        Networks = options.NumberOfNetworks ?? (rows.Count <= ManyRows ? 3 : 2);
        HoldOut = HoldOut.Of(rows, classes, rows.Count <= ManyRows ? 5 : 10, seed);
    }

    public TrainingRows Rows { get; }

    public int Classes { get; }

    public SparseMlpTrainerOptions Options { get; }

    public ulong Seed { get; }

    public IHost Host { get; }

    /// <summary>What is done to the values of regression; null for classes.</summary>
    public LabelScale? Scale { get; }

    /// <summary>What is done to features.</summary>
    public FeatureEncoder Encoder { get; }

    public int Epochs { get; }

    public int BatchSize { get; }

    /// <summary>Networks of each kind.</summary>
    public int Networks { get; }

    public HoldOut HoldOut { get; }

    /// <summary>Some of the rows as networks of a kind take them.</summary>
    public EncodedSource Source(int[] rows, NetworkSettings settings) => new(Rows, Encoder, Scale, rows, InputCount(settings));

    /// <summary>Inputs of networks of a kind.</summary>
    public int InputCount(NetworkSettings settings) => settings.UsesBins ? Encoder.OutputCount : Encoder.PlainCount;
}
