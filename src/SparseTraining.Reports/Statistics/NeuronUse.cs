using SparseTraining.Topology;

namespace SparseTraining.Reports.Statistics;

/// <summary>Which neurons between two layers (or at either end) take part in what the network computes.</summary>
/// <param name="Neurons">Neurons.</param>
/// <param name="WithoutLinksIn">Neurons that no link leads to; 0 at the inputs.</param>
/// <param name="WithoutLinksOut">Neurons that no link leaves; 0 at the outputs.</param>
/// <param name="CutOff">Neurons that lie on no path from an input to an output, those without links among them.</param>
internal sealed record NeuronUse(int Neurons, int WithoutLinksIn, int WithoutLinksOut, int CutOff)
{
    /// <summary>Goes through the network from both ends.</summary>
    /// <param name="layers">The masks from the input on; <see langword="null"/> is a fully connected layer.</param>
    /// <param name="sizes">Neurons at the inputs and after each layer.</param>
    public static NeuronUse[] Of(IReadOnlyList<WeightMask?> layers, IReadOnlyList<int> sizes)
    {
        int last = layers.Count;
        var reached = new bool[last + 1][];
        var useful = new bool[last + 1][];
        var without = new (int In, int Out)[last + 1];
        reached[0] = AllTrue(sizes[0]);
        for (int l = 0; l < last; l++)
        {
            reached[l + 1] = Forward(layers[l], reached[l], sizes[l + 1], out without[l + 1].In);
        }

        useful[last] = AllTrue(sizes[last]);
        for (int l = last - 1; l >= 0; l--)
        {
            useful[l] = Backward(layers[l], useful[l + 1], sizes[l], out without[l].Out);
        }

        return
        [
            .. Enumerable.Range(0, last + 1).Select(l => new NeuronUse(
                sizes[l], without[l].In, without[l].Out, Enumerable.Range(0, sizes[l]).Count(n => !(reached[l][n] && useful[l][n])))),
        ];
    }

    private static bool[] AllTrue(int count)
    {
        var flags = new bool[count];
        Array.Fill(flags, true);
        return flags;
    }

    private static bool[] Forward(WeightMask? mask, bool[] from, int size, out int withoutLinks)
    {
        withoutLinks = 0;
        var reached = new bool[size];
        if (mask is null)
        {
            Array.Fill(reached, from.Contains(true));
            return reached;
        }

        foreach (Link link in mask)
        {
            reached[link.Row] |= from[link.Column];
        }

        withoutLinks = Enumerable.Range(0, size).Count(row => mask.RowLinkCount(row) == 0);
        return reached;
    }

    private static bool[] Backward(WeightMask? mask, bool[] to, int size, out int withoutLinks)
    {
        withoutLinks = 0;
        var useful = new bool[size];
        if (mask is null)
        {
            Array.Fill(useful, to.Contains(true));
            return useful;
        }

        foreach (Link link in mask)
        {
            useful[link.Column] |= to[link.Row];
        }

        withoutLinks = new TopologyStatistics(mask).Inputs.WithoutLinks;
        return useful;
    }
}
