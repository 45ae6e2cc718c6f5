namespace SparseTraining.MLNet.Data;

/// <summary>Target values of regression, brought to mean 0 and standard deviation 1 for the network and back for the user.</summary>
/// <param name="Mean">The weighted mean of the training data.</param>
/// <param name="Spread">Its standard deviation, above 0.</param>
internal sealed record LabelScale(double Mean, double Spread)
{
    public static LabelScale Fit(TrainingRows rows)
    {
        double total = 0, mean = 0, squares = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weights.Count == 0 ? 1 : rows.Weights[i];
            total += weight;
            double delta = rows.Labels[i] - mean;
            mean += weight / total * delta;
            squares += weight * delta * (rows.Labels[i] - mean);
        }

        double spread = Math.Sqrt(squares / total);
        return new LabelScale(mean, spread > Math.Abs(mean) * 1e-7 ? spread : 1);
    }

    public float ToNetwork(float value) => (float)((value - Mean) / Spread);

    public float FromNetwork(float value) => (float)(Mean + Spread * value);
}
