namespace SparseTraining.Evolution;

/// <summary>Scores the links of a layer; the lowest are pruned.</summary>
/// <param name="context">The layer's links, their weights, and ζ.</param>
/// <param name="scores">One score a link, to be written.</param>
public delegate void LinkScore(in PruneContext context, Span<float> scores);
