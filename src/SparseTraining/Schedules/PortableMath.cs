namespace SparseTraining.Schedules;

/// <summary>
/// Functions made of exactly rounded operations in a fixed order. Those of the platform may differ in the last bit from
/// one operating system to the next, and a schedule's last bit can decide how many links are pruned.
/// </summary>
internal static class PortableMath
{
    /// <summary>The cosine of an angle given in turns: cos(2π · turns), right to about 15 digits.</summary>
    public static double CosineOfTurns(double turns)
    {
        // Fold to a quarter turn: cos is even, has period 1, and changes its sign around a quarter turn.
        double folded = Math.Abs(turns - Math.Round(turns));
        bool isNegative = folded > 0.25;
        double quarter = isNegative ? 0.5 - folded : folded;
        double magnitude = quarter <= 0.125
            ? Series(quarter, firstTerm: 1, firstPower: 0)
            : Series(0.25 - quarter, firstTerm: 2 * Math.PI * (0.25 - quarter), firstPower: 1);
        return isNegative ? -magnitude : magnitude;
    }

    /// <summary>A power with a whole, non-negative exponent, by repeated squaring.</summary>
    public static double Power(double value, int exponent)
    {
        double result = 1;
        for (double square = value; exponent > 0; exponent >>= 1, square *= square)
        {
            if ((exponent & 1) != 0)
            {
                result *= square;
            }
        }

        return result;
    }

    /// <summary>
    /// The Taylor series of cosine (from power 0) or sine (from power 1); |angle| ≤ π/4 needs nine terms.
    /// </summary>
    private static double Series(double turns, double firstTerm, int firstPower)
    {
        double angle = 2 * Math.PI * turns;
        double minusSquare = -angle * angle;
        double term = firstTerm;
        double sum = firstTerm;
        for (int power = firstPower + 2; power <= firstPower + 16; power += 2)
        {
            term *= minusSquare / ((power - 1) * power);
            sum += term;
        }

        return sum;
    }
}
