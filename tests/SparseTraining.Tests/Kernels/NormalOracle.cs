namespace SparseTraining.Tests.Kernels;

/// <summary>
/// The normal distribution function in double precision: power series near 0, continued fraction further out.
/// </summary>
internal static class NormalOracle
{
    public static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    public static double Distribution(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (Math.Abs(x) > 40)
        {
            return x > 0 ? 1 : 0;
        }

        double size = Math.Abs(x);
        if (size < 4)
        {
            double term = x;
            double sum = x;
            for (int k = 1; k < 120; k++)
            {
                term *= x * x / ((2 * k) + 1);
                sum += term;
            }

            return 0.5 + (Density(x) * sum);
        }

        double fraction = size;
        for (int k = 60; k > 0; k--)
        {
            fraction = size + (k / fraction);
        }

        double tail = Density(x) / fraction;
        return x > 0 ? 1 - tail : tail;
    }
}
