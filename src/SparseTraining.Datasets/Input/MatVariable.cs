namespace SparseTraining.Datasets.Input;

/// <summary>A variable that a MAT-file holds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is, in words.</param>
/// <param name="Array">Its numbers, where they were wanted and can be read.</param>
internal sealed record MatVariable(string Name, string Kind, MatArray? Array);
