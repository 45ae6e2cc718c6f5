namespace SparseTraining.Schedules;

/// <summary>The checks of the parameters of ζ schedules.</summary>
internal static class ZetaRange
{
    public static void ThrowIfOutside(double value, string name)
    {
        if (!(value >= 0 && value < 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "The value must be in [0, 1).");
        }
    }

    public static void ThrowIfOutside(double min, double max, string minName, string maxName)
    {
        ThrowIfOutside(max, maxName);
        if (!(min >= 0 && min <= max))
        {
            throw new ArgumentOutOfRangeException(
                minName, min, FormattableString.Invariant($"The value must be in [0, {max}], at most {maxName}."));
        }
    }
}
