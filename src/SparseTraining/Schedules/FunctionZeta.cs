namespace SparseTraining.Schedules;

/// <summary>ζ from a caller's function.</summary>
internal sealed record FunctionZeta(Func<ZetaContext, double> Function) : IZetaSchedule
{
    public double GetZeta(in ZetaContext context) => Function(context);

    public override string ToString() => "function";
}
