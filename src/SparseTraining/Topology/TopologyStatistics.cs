namespace SparseTraining.Topology;

/// <summary>
/// The degrees of a layer's neurons: how many links lead into each output neuron and out of each input neuron.
/// </summary>
public sealed class TopologyStatistics
{
    private readonly int[] _inLinks;
    private readonly int[] _outLinks;

    /// <summary>Counts the links of a mask, in O(rows + columns + links).</summary>
    /// <param name="mask">The mask.</param>
    public TopologyStatistics(WeightMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        _inLinks = new int[mask.Rows];
        for (int row = 0; row < mask.Rows; row++)
        {
            _inLinks[row] = mask.RowLinkCount(row);
        }

        _outLinks = new int[mask.Columns];
        for (int link = 0; link < mask.LinkCount; link++)
        {
            _outLinks[mask.ColumnOf(link)]++;
        }

        Inputs = DegreeSummary.Of(_outLinks);
        Outputs = DegreeSummary.Of(_inLinks);
    }

    /// <summary>The links into each output neuron; one number per row of the mask.</summary>
    public ReadOnlySpan<int> InLinks => _inLinks;

    /// <summary>The links out of each input neuron; one number per column of the mask.</summary>
    public ReadOnlySpan<int> OutLinks => _outLinks;

    /// <summary>Summarises the input neurons by their links out.</summary>
    public DegreeSummary Inputs { get; }

    /// <summary>Summarises the output neurons by their links in.</summary>
    public DegreeSummary Outputs { get; }
}
