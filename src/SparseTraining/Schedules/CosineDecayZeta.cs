namespace SparseTraining.Schedules;

/// <summary>ζ_i = ζ_min + (ζ_max − ζ_min)/2 · (1 + cos(πi/E)).</summary>
internal sealed record CosineDecayZeta(double Max, double Min) : IZetaSchedule
{
    public double GetZeta(in ZetaContext context) => Between.Cosine(Max, Min, context.Index / (2.0 * context.Count));

    public override string ToString() => FormattableString.Invariant($"cosine decay from {Max} to {Min}");
}
