namespace SparseTraining.Schedules;

/// <summary>ζ_i = ζ_min + (ζ_max − ζ_min)(E − i)/E.</summary>
internal sealed record LinearDecayZeta(double Max, double Min) : IZetaSchedule
{
    public double GetZeta(in ZetaContext context) =>
        Min + ((Max - Min) * (context.Count - context.Index) / context.Count);

    public override string ToString() => FormattableString.Invariant($"linear decay from {Max} to {Min}");
}
