using SparseTraining.Topology;

namespace SparseTraining.Initialization;

/// <summary>What a weight initializer may know about the link that it draws a value for.</summary>
/// <param name="LinksIn">Links into the link's output neuron.</param>
/// <param name="LinksOut">Average links out of an input neuron of the layer.</param>
/// <param name="Inputs">Input neurons of the layer: the links in, were it dense.</param>
/// <param name="Outputs">Output neurons of the layer: the links out, were it dense.</param>
public readonly record struct FanCounts(int LinksIn, double LinksOut, int Inputs, int Outputs)
{
    /// <summary>Counts for one output neuron of a mask.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="row">The output neuron.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public static FanCounts Of(WeightMask mask, int row)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return new FanCounts(mask.RowLinkCount(row), (double)mask.LinkCount / mask.Columns, mask.Columns, mask.Rows);
    }
}
