namespace SparseTraining.Datasets.Imaging;

/// <summary>Sine and cosine from additions, multiplications and divisions only.</summary>
internal static class Trigonometry
{
    private const int LastPower = 29; // π^29/29! is 3e-17

    /// <summary>
    /// Sums the Taylor series. The operating system's library would differ in the last bit from platform to platform,
    /// and so would then the training.
    /// </summary>
    /// <param name="angle">In radians, in [−π, π].</param>
    public static (double Sine, double Cosine) SinCos(double angle)
    {
        double sine = 0;
        double cosine = 0;
        double term = 1;
        for (int power = 0; power <= LastPower; power += 2)
        {
            double sign = (power & 2) == 0 ? 1 : -1;
            cosine += sign * term;
            term = term * angle / (power + 1);
            sine += sign * term;
            term = term * angle / (power + 2);
        }

        return (sine, cosine);
    }
}
