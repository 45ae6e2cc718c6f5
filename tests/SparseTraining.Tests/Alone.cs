namespace SparseTraining.Tests;

/// <summary>Tests that look at the whole process: they run one by one, when all others are done.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
