namespace SparseTraining.Schedules;

/// <summary>ζ_i = (ζ_max + ζ_min)/2 + (ζ_max − ζ_min)/2 · cos(2πi/T), T = 2E/(3 + 2k).</summary>
internal sealed record OscillatingZeta(double Max, double Min, int K) : IZetaSchedule
{
    public double GetZeta(in ZetaContext context)
    {
        double turns = context.Index * (3 + (2.0 * K)) / (2.0 * context.Count);
        return Between.Cosine(Max, Min, turns);
    }

    public override string ToString() => FormattableString.Invariant($"oscillating between {Max} and {Min}, k = {K}");
}
