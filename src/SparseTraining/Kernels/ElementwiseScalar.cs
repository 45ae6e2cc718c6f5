using System.Globalization;

namespace SparseTraining.Kernels;

/// <summary>
/// Turns a hyper-parameter into the single-precision constant that elementwise code uses, or says why it cannot be.
/// The range is checked after rounding, so that 1e−60 does not pass as positive and then act as 0.
/// </summary>
internal static class ElementwiseScalar
{
    public static float Positive(double value, string name) =>
        InRange(value, (float)value > 0 && float.IsFinite((float)value), "finite and above 0", name);

    public static float NonNegative(double value, string name) =>
        InRange(value, (float)value >= 0 && float.IsFinite((float)value), "finite and at least 0", name);

    public static float Finite(double value, string name) =>
        InRange(value, float.IsFinite((float)value), "finite", name);

    /// <summary>Requires a number in [0, 1).</summary>
    public static float Fraction(double value, string name) =>
        InRange(value, (float)value is >= 0 and < 1, "in [0, 1)", name);

    private static float InRange(double value, bool inRange, string range, string name) => inRange
        ? (float)value
        : throw new ArgumentOutOfRangeException(
            name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must be {range}."));
}
