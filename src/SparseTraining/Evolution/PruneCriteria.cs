namespace SparseTraining.Evolution;

/// <summary>The built-in ways to choose the links that go.</summary>
public static class PruneCriteria
{
    /// <summary>
    /// SET's rule (Mocanu et al. 2018): of the n⁺ positive weights the round(ζ n⁺) smallest go, and of the n⁻ negative ones
    /// the round(ζ n⁻) closest to zero. A weight of exactly 0 counts as the smallest positive one.
    /// </summary>
    public static IPruneCriterion SignedMagnitude { get; } = new SignedMagnitudePruning();

    /// <summary>The round(ζ n) smallest |w| go, signs together.</summary>
    public static IPruneCriterion Magnitude { get; } = new MagnitudePruning();

    /// <summary>
    /// SET's rule as its published code has it, for comparison: thresholds are read off the sorted weights and compared
    /// strictly, so that up to two links more go than ζ says, even at ζ = 0.
    /// </summary>
    public static IPruneCriterion PublishedThreshold { get; } = new PublishedThresholdPruning();

    /// <summary>The round(ζ n) links with the lowest score go; of equal scores the first.</summary>
    /// <param name="score">The score of a link, by its weight. It must not be NaN.</param>
    /// <returns>The criterion.</returns>
    public static IPruneCriterion LowestScore(Func<float, float> score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new ScorePruning((in PruneContext context, Span<float> scores) =>
        {
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] = score(context.Values[i]);
            }
        });
    }

    /// <summary>The round(ζ n) links with the lowest score go; of equal scores the first.</summary>
    /// <param name="score">Writes one score a link. None may be NaN.</param>
    /// <returns>The criterion.</returns>
    public static IPruneCriterion LowestScore(LinkScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new ScorePruning(score);
    }
}
