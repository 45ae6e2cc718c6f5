namespace SparseTraining.Reports.Statistics;

/// <summary>The binomial distribution: links of a neuron in a random network, to a very good approximation.</summary>
internal static class Binomial
{
    /// <summary>P(X ≥ k) for k = 0 … last, from the logarithms of the probabilities.</summary>
    /// <param name="trials">Positions.</param>
    /// <param name="probability">That each is a link, in [0, 1].</param>
    /// <param name="last">The last k, in [0, trials].</param>
    public static double[] AtLeast(int trials, double probability, int last)
    {
        var atLeast = new double[last + 1];
        double below = 0;
        double log = trials * Math.Log(1 - probability);
        double odds = Math.Log(probability / (1 - probability));
        for (int k = 0; k <= last; k++)
        {
            atLeast[k] = Math.Max(0, 1 - below);
            below += probability >= 1 ? (k == trials ? 1 : 0) : Math.Exp(log);
            log += Math.Log((trials - k) / (k + 1.0)) + odds;
        }

        return atLeast;
    }
}
