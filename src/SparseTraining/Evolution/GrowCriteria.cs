namespace SparseTraining.Evolution;

/// <summary>The built-in ways to choose the links that come.</summary>
public static class GrowCriteria
{
    /// <summary>SET's rule (Mocanu et al. 2018): uniformly at random among the free positions.</summary>
    public static IGrowCriterion UniformRandom { get; } = new UniformRandomGrowth();

    /// <summary>RigL's rule (Evci et al. 2020): where the magnitude of the dense gradient is largest.</summary>
    public static IGrowCriterion LargestGradient { get; } = new LargestGradientGrowth();
}
