using SparseTraining.Topology;

namespace SparseTraining.Layers;

/// <summary>The strength of a layer's inputs, s_i = Σ_j |w_ji|: the sum of the magnitudes of the links that leave input i.</summary>
internal static class InputStrength
{
    /// <summary>Sums up in double precision, in storage order.</summary>
    /// <param name="layer">Any layer. Positions that are no link add nothing: in a masked layer they hold 0.</param>
    /// <returns>[inputs].</returns>
    public static double[] Of(LinearLayer layer)
    {
        switch (layer)
        {
            case SparseLinearLayer sparse:
                return OfLinks(sparse.Mask, sparse.WeightValues);
            case InferenceSparseLayer inference:
                (WeightMask mask, float[] values) = inference.ToLinks();
                return OfLinks(mask, values);
        }

        ReadOnlySpan<float> weights = layer.WeightValues;
        var strengths = new double[layer.InputSize];
        for (int output = 0; output < layer.OutputSize; output++)
        {
            ReadOnlySpan<float> row = weights.Slice(output * strengths.Length, strengths.Length);
            for (int input = 0; input < row.Length; input++)
            {
                strengths[input] += Math.Abs(row[input]);
            }
        }

        return strengths;
    }

    private static double[] OfLinks(WeightMask mask, ReadOnlySpan<float> weights)
    {
        var strengths = new double[mask.Columns];
        for (int link = 0; link < weights.Length; link++)
        {
            strengths[mask.ColumnOf(link)] += Math.Abs(weights[link]);
        }

        return strengths;
    }
}
