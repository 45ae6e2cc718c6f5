namespace MillionNeuronsSample;

/// <summary>What the command line asks for.</summary>
/// <param name="Neurons">Neurons in all: inputs, three hidden layers, outputs.</param>
/// <param name="Epsilon">A hidden layer gets ε (inputs + outputs) links.</param>
/// <param name="Samples">Samples of an epoch; a tenth as many again are held out for testing.</param>
/// <param name="BatchSize">Samples of one step.</param>
/// <param name="Epochs">Passes over the samples.</param>
/// <param name="Threads">How many threads work at once, or null for one a processor.</param>
internal sealed record Settings(int Neurons, double Epsilon, int Samples, int BatchSize, int Epochs, int? Threads)
{
    public static Settings Full { get; } = new(1_000_000, 20, 10_000, 128, 1, null);

    /// <summary>For a look: seconds instead of minutes.</summary>
    public static Settings Quick { get; } = new(100_000, 20, 4_000, 128, 1, null);

    /// <summary>The three hidden layers, as equal as they can be.</summary>
    public int[] Hidden
    {
        get
        {
            int hidden = Neurons - Clusters.Features - Clusters.Classes;
            return [.. Enumerable.Range(0, 3).Select(i => (hidden + i) / 3)];
        }
    }
}
