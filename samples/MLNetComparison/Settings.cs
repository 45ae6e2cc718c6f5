namespace MLNetComparison;

/// <summary>What is compared.</summary>
/// <param name="Folder">Where data sets lie beside those that are built in, or null.</param>
/// <param name="Sets">Names of data sets; empty for all.</param>
/// <param name="Rows">The most rows of a data set.</param>
/// <param name="Folds">How many of the five folds are tested.</param>
internal sealed record Settings(string? Folder, string[] Sets, int Rows, int Folds);
