namespace SparseTraining.Evolution;

/// <summary>Decides which links of a layer go at a rewire.</summary>
public interface IPruneCriterion
{
    /// <summary>Marks the links to prune.</summary>
    /// <param name="context">The layer's links, their weights, and ζ.</param>
    /// <param name="keep">One flag a link, all true at entry; set to false what is to be pruned.</param>
    void Prune(in PruneContext context, Span<bool> keep);
}
