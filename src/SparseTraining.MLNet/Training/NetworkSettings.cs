namespace SparseTraining.MLNet.Training;

/// <summary>How networks of one kind are made and trained.</summary>
internal sealed record NetworkSettings
{
    /// <summary>What messages call it.</summary>
    public required string Name { get; init; }

    /// <summary>Neurons of each hidden layer.</summary>
    public required int[] Hidden { get; init; }

    /// <summary>Whether the quantile bins of features are inputs too.</summary>
    public required bool UsesBins { get; init; }

    /// <summary>The probability that a hidden activation is zeroed.</summary>
    public required double Dropout { get; init; }

    /// <summary>λ of AdamW, which multiplies the learning rate.</summary>
    public required double WeightDecay { get; init; }

    public double LearningRate { get; init; } = 0.002;

    public double Epsilon { get; init; } = 20;

    private static readonly NetworkSettings Binned =
        new() { Name = "binned", Hidden = [256, 256], UsesBins = true, Dropout = 0.1, WeightDecay = 0.02 };

    /// <summary>
    /// The kinds of networks that are blended by default, chosen on the data sets without a dagger in docs/mlnet-comparison.md
    /// taken together. No one of them is good for all data: bins find steps, and find them in noise too; with few rows and many
    /// features a linear model is often best.
    /// </summary>
    public static IReadOnlyList<NetworkSettings> Kinds { get; } =
    [
        new() { Name = "plain", Hidden = [512], UsesBins = false, Dropout = 0.2, WeightDecay = 0.1 },
        Binned,
        new() { Name = "linear", Hidden = [], UsesBins = true, Dropout = 0, WeightDecay = 0.3, LearningRate = 0.01 },
    ];

    /// <summary>The kinds that the user's decisions leave: layers of their own, or a network in all detail, are one kind.</summary>
    public static IReadOnlyList<NetworkSettings> For(SparseMlpTrainerOptions options)
    {
        IReadOnlyList<NetworkSettings> kinds = options.HiddenLayers is null && options.Network is null
            ? Kinds
            : [Binned with { Hidden = [.. options.HiddenLayers ?? Binned.Hidden] }];
        return [.. kinds.Select(kind => kind with { LearningRate = options.LearningRate ?? kind.LearningRate })];
    }
}
