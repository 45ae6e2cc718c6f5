namespace SparseTraining.MLNet.Training;

/// <summary>
/// Finds how much each kind of network should count, by forward selection with replacement (Caruana et al. 2004): twenty times
/// that kind is added whose addition gives the mean the lowest loss on held-out rows; the best mean on the way is taken.
/// </summary>
internal static class Blend
{
    private const int Rounds = 20;

    /// <summary>A probability of 0 would make the loss infinite.</summary>
    private const double Least = 1e-6;

    /// <summary>Weighs the kinds.</summary>
    /// <param name="outputs">[kinds][rows][outputs]: probabilities, or one value in the network's scale.</param>
    /// <param name="targets">One class label a row, or the value in the network's scale.</param>
    /// <param name="weights">One weight a row.</param>
    /// <param name="isRegression">Whether targets are values.</param>
    /// <returns>One share a kind, at least 0; their sum is 1.</returns>
    public static double[] Weigh(IReadOnlyList<IReadOnlyList<float[]>> outputs, float[] targets, float[] weights, bool isRegression)
    {
        int width = outputs[0][0].Length;
        var sums = new double[targets.Length * width];
        var counts = new int[outputs.Count];
        double[] best = [];
        double lowest = double.PositiveInfinity;
        for (int round = 1; round <= Rounds; round++)
        {
            int chosen = 0;
            double loss = double.PositiveInfinity;
            for (int kind = 0; kind < outputs.Count; kind++)
            {
                double with = Loss(sums, outputs[kind], round, targets, weights, isRegression);
                if (with < loss)
                {
                    (chosen, loss) = (kind, with);
                }
            }

            counts[chosen]++;
            for (int row = 0; row < targets.Length; row++)
            {
                for (int i = 0; i < width; i++)
                {
                    sums[row * width + i] += outputs[chosen][row][i];
                }
            }

            if (loss < lowest)
            {
                lowest = loss;
                best = [.. counts.Select(count => (double)count / round)];
            }
        }

        return best;
    }

    /// <summary>The loss of the mean of what is chosen and one kind more.</summary>
    private static double Loss(
        double[] sums, IReadOnlyList<float[]> more, int count, float[] targets, float[] weights, bool isRegression)
    {
        double loss = 0;
        int width = more[0].Length;
        for (int row = 0; row < targets.Length; row++)
        {
            int output = isRegression ? 0 : (int)targets[row];
            double mean = (sums[row * width + output] + more[row][output]) / count;
            loss += weights[row] * (isRegression ? (mean - targets[row]) * (mean - targets[row]) : -Math.Log(Math.Max(mean, Least)));
        }

        return loss;
    }
}
