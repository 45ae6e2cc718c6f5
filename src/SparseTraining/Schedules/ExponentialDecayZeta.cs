namespace SparseTraining.Schedules;

/// <summary>ζ_i = ζ_0 (1 − interest)^i.</summary>
internal sealed record ExponentialDecayZeta(double Initial, double Interest) : IZetaSchedule
{
    public double GetZeta(in ZetaContext context) => Initial * PortableMath.Power(1 - Interest, context.Index);

    public override string ToString() =>
        FormattableString.Invariant($"exponential decay from {Initial}, interest {Interest}");
}
