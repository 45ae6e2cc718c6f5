namespace SparseTraining.MLNet.Training;

/// <summary>Everything that training decides by the shape of the data where the user leaves it open.</summary>
internal sealed record NetworkSettings
{
    public required int[] Hidden { get; init; }

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    public required double LearningRate { get; init; }

    public double WeightDecay { get; init; } = 0.02;

    public double Dropout { get; init; } = 0.15;

    public double Epsilon { get; init; } = 20;

    public double LabelSmoothing { get; init; }

    /// <summary>Networks whose outputs are averaged.</summary>
    public int Networks { get; init; } = 1;

    /// <summary>The share of rows that a network is not trained on but stopped by; 0 to train on all for all epochs.</summary>
    public double ValidationFraction { get; init; }

    public int Patience { get; init; } = 20;

    /// <summary>The most quantile bins of a feature.</summary>
    public int Bins { get; init; }

    /// <summary>The defaults, chosen on the data sets of docs/mlnet.md taken together.</summary>
    /// <param name="samples">Rows.</param>
    /// <param name="features">Features of a row.</param>
    public static NetworkSettings For(int samples, int features)
    {
        return new NetworkSettings
        {
            Hidden = [256, 256],
            Epochs = (int)Math.Clamp(500_000L / samples, 20, 200),
            BatchSize = (int)Math.Clamp(samples / 20, 16, 256),
            LearningRate = 0.002,
        };
    }

    /// <summary>Lets the user's decisions rule.</summary>
    public NetworkSettings With(SparseMlpTrainerOptions options) => this with
    {
        Hidden = options.HiddenLayers is null ? Hidden : [.. options.HiddenLayers],
        Epochs = options.NumberOfIterations ?? Epochs,
        BatchSize = options.BatchSize ?? BatchSize,
        LearningRate = options.LearningRate ?? LearningRate,
        Networks = options.NumberOfNetworks ?? Networks,
    };
}
