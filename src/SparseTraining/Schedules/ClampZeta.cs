namespace SparseTraining.Schedules;

/// <summary>Another schedule held within limits.</summary>
internal sealed record ClampZeta(IZetaSchedule Schedule, double Min, double Max) : IZetaSchedule
{
    public double GetZeta(in ZetaContext context) => Math.Clamp(Schedule.GetZeta(context), Min, Max);

    public override string ToString() => FormattableString.Invariant($"({Schedule}) within [{Min}, {Max}]");
}
