namespace SparseTraining.Schedules;

/// <summary>ζ_i = ζ.</summary>
internal sealed record ConstantZeta(double Zeta) : IZetaSchedule
{
    public double GetZeta(in ZetaContext context) => Zeta;

    public override string ToString() => FormattableString.Invariant($"constant {Zeta}");
}
