namespace SparseTraining.MLNet.Training;

/// <summary>How the networks of a model are made and trained, where the user leaves it open.</summary>
internal sealed record NetworkSettings
{
    private const int MostInputs = 2_000;

    /// <summary>Neurons of each hidden layer.</summary>
    public required int[] Hidden { get; init; }

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    public double LearningRate { get; init; } = 0.002;

    /// <summary>λ of AdamW, which multiplies the learning rate.</summary>
    public required double WeightDecay { get; init; }

    public required double Dropout { get; init; }

    /// <summary>The most quantile bins of a feature.</summary>
    public required int Bins { get; init; }

    public double Epsilon { get; init; } = 20;

    /// <summary>Networks whose outputs are averaged.</summary>
    public required int Networks { get; init; }

    /// <summary>The share of rows that a network is not trained on: they tell its best epoch and compare candidates.</summary>
    public required double ValidationFraction { get; init; }

    /// <summary>
    /// The candidates that the data chooses from, chosen themselves on the data sets of docs/mlnet.md taken together. No one
    /// setting is good for all data: noise asks for strong regularization, which costs where classes are clean.
    /// </summary>
    /// <param name="samples">Rows.</param>
    /// <param name="features">Features of a row.</param>
    public static IReadOnlyList<NetworkSettings> Candidates(int samples, int features)
    {
        // Bins multiply the inputs; with many features there is no room for them.
        int room = MostInputs / features;
        var steady = new NetworkSettings
        {
            Hidden = [256, 256],
            Epochs = Math.Clamp(400_000 / samples, 15, 100),
            BatchSize = Math.Clamp(samples / 20, 16, 256),
            WeightDecay = 0.3,
            Dropout = 0.4,
            Bins = Math.Min(4, room),
            Networks = samples <= 20_000 ? 5 : 3,
            ValidationFraction = samples <= 20_000 ? 0.2 : 0.1,
        };
        return
        [
            steady,
            steady with { Dropout = 0.1, WeightDecay = 0.02, Bins = Math.Min(8, room) },
            steady with { Hidden = [], LearningRate = 0.01 },
        ];
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
