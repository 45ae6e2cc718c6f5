namespace SparseTraining.Schedules;

/// <summary>A cosine between two levels, shared by the oscillating and decaying schedules.</summary>
internal static class Between
{
    /// <summary>
    /// (max + min)/2 + (max − min)/2 · cos(2π turns): max at 0, min after half a turn. Rounding never takes it outside.
    /// </summary>
    public static double Cosine(double max, double min, double turns) =>
        Math.Clamp(((max + min) / 2) + ((max - min) / 2 * PortableMath.CosineOfTurns(turns)), min, max);
}
