using SparseTraining.Evolution;

/// <summary>
/// A link's share of what its two neurons have: |w| / Σ|w| over the links into the one, plus |w| / Σ|w| over the links
/// out of the other. A neuron's only link counts much, however small it is, so no neuron is cut off. (The score of
/// Zhang et al., "Plug-and-Play", ICLR 2024, without its activations.)
/// </summary>
internal static class RelativeImportance
{
    public static void Score(in PruneContext context, Span<float> scores)
    {
        var into = new float[context.Mask.Rows];
        var outOf = new float[context.Mask.Columns];
        int link = 0;
        foreach ((int row, int column) in context.Mask)
        {
            float magnitude = Math.Abs(context.Values[link++]);
            into[row] += magnitude;
            outOf[column] += magnitude;
        }

        link = 0;
        foreach ((int row, int column) in context.Mask)
        {
            float magnitude = Math.Abs(context.Values[link]);
            scores[link++] = magnitude == 0 ? 0 : (magnitude / into[row]) + (magnitude / outOf[column]);
        }
    }
}
