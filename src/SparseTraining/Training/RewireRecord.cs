namespace SparseTraining.Training;

/// <summary>What happened in one rewire. The masks it holds never change and may be kept.</summary>
/// <param name="Step">The last step taken before it, from 1, over the whole run.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Zeta">The share of links to prune.</param>
/// <param name="Layers">The layers that evolve, from the input on.</param>
public sealed record RewireRecord(long Step, int Epoch, double Zeta, IReadOnlyList<LayerRewire> Layers);
