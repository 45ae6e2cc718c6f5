namespace SparseTraining.Reports.Drawing;

/// <summary>Values that can be drawn: axes reckon with their sums and quotients, which must stay finite.</summary>
internal static class PlotValue
{
    private const double Largest = 1e300;
    private const double Least = 1e-300;

    /// <summary>The value; 0 for one that is all but 0, and NaN, which is left out, for one that is too large.</summary>
    public static double Of(double value) => Math.Abs(value) switch
    {
        < Least => 0,
        <= Largest => value,
        _ => double.NaN,
    };
}
