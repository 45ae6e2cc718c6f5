using SparseTraining.Randomness;

namespace SparseTraining.Initialization;

/// <summary>Draws the first value of a link, at the start or when it is grown.</summary>
public abstract class WeightInitializer
{
    /// <summary>Draws one value.</summary>
    /// <param name="fan">The surroundings of the link.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The weight.</returns>
    public abstract float Draw(in FanCounts fan, RandomGenerator random);
}
