namespace Docs.Tests;

/// <summary>Programs of pages change the current folder and the console's output, which belong to the process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
