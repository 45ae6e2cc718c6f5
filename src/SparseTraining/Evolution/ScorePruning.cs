namespace SparseTraining.Evolution;

/// <summary>The round(ζ n) links of lowest score go.</summary>
internal sealed class ScorePruning(LinkScore score) : IPruneCriterion
{
    public void Prune(in PruneContext context, Span<bool> keep)
    {
        var scores = new float[keep.Length];
        score(context, scores);
        LowestSelection.Prune(scores, LowestSelection.Count(context.Zeta, keep.Length), keep);
    }
}
