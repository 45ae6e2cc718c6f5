using SparseTraining.Initialization;

namespace ThesisExperiments.Definitions;

/// <summary>How weights begin.</summary>
internal enum FirstWeights
{
    /// <summary>As the settings say.</summary>
    Default,

    /// <summary>He's limit on the fan-in that a dense layer would have: the reference initializer.</summary>
    DenseFanIn,

    /// <summary>Normal with standard deviation 0.1, as in the published SET code.</summary>
    Normal,
}

/// <summary>Names of <see cref="FirstWeights"/>.</summary>
internal static class FirstWeightsNames
{
    /// <summary>What it is called on the command line and in file names.</summary>
    public static string Key(this FirstWeights weights) => weights switch
    {
        FirstWeights.DenseFanIn => "dense-fan-in",
        FirstWeights.Normal => "normal",
        _ => "default",
    };

    /// <summary>The initializer, or null for that of the settings.</summary>
    public static WeightInitializer? Initializer(this FirstWeights weights) => weights switch
    {
        FirstWeights.DenseFanIn => WeightInitializers.HeUniform(denseFanIn: true),
        FirstWeights.Normal => WeightInitializers.Normal(0.1),
        _ => null,
    };
}
