namespace SparseTraining.Topology;

/// <summary>One stored weight position of a layer. Its value may be 0; it is still a link.</summary>
/// <param name="Row">The output neuron that the link leads to, from 0.</param>
/// <param name="Column">The input neuron that the link comes from, from 0.</param>
public readonly record struct Link(int Row, int Column);
