namespace ThesisExperiments.Definitions;

/// <summary>An experiment of the thesis: which networks are trained on which data, and which are timed beside each other.</summary>
internal sealed record Experiment
{
    /// <summary>What it is called on the command line and in folder names.</summary>
    public required string Key { get; init; }

    /// <summary>What it is called in reports.</summary>
    public required string Title { get; init; }

    /// <summary>Neurons of each hidden layer.</summary>
    public required int[] Hidden { get; init; }

    /// <summary>The data sets, by key.</summary>
    public required string[] Data { get; init; }

    /// <summary>The methods that are trained to the end, by key; none where only time is asked about.</summary>
    public required string[] Methods { get; init; }

    /// <summary>The first weights that are tried.</summary>
    public FirstWeights[] FirstWeights { get; init; } = [Definitions.FirstWeights.Default];

    /// <summary>The methods that are timed in turns, by key.</summary>
    public required string[] TimedMethods { get; init; }

    /// <summary>Rounds of the timing.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Steps of a timed epoch at most.</summary>
    public int TimedSteps { get; init; } = 60;

    /// <summary>How many of Fashion-MNIST's training samples are used, from the first, or null for all.</summary>
    public int? TrainSamples { get; init; }

    /// <summary>ε, or null for that of the settings.</summary>
    public double? Epsilon { get; init; }

    /// <summary>Whether training images are shifted, turned and mirrored.</summary>
    public bool Augmented { get; init; }

    /// <summary>Passes over the training data.</summary>
    public int Epochs { get; init; } = 500;

    /// <summary>Runs, each with a seed and a split of its own.</summary>
    public int Runs { get; init; } = 3;
}
