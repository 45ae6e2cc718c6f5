using SparseTraining.Schedules;

namespace SparseTraining.Evolution;

/// <summary>
/// How a sparse network's links change during training: prune criterion × grow criterion × ζ schedule × when.
/// Immutable; make variants with <c>with</c>.
/// </summary>
public sealed record TopologyEvolution
{
    /// <summary>No evolution: an Erdős–Rényi topology that never changes (FixProb).</summary>
    public static TopologyEvolution None { get; } = new() { Interval = EvolutionInterval.Never };

    /// <summary>Which links go. SET's rule by default.</summary>
    public IPruneCriterion Prune { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = PruneCriteria.SignedMagnitude;

    /// <summary>Which links come. Uniformly random by default.</summary>
    public IGrowCriterion Grow { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = GrowCriteria.UniformRandom;

    /// <summary>The fraction of links pruned at each rewire. 0.3 by default.</summary>
    public IZetaSchedule Zeta { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = ZetaSchedules.Constant();

    /// <summary>When layers are rewired. After every epoch but the last by default.</summary>
    public EvolutionInterval Interval { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = EvolutionInterval.EveryEpoch;

    /// <summary>What happens at the end of the last epoch; applies to <see cref="EvolutionInterval.EveryEpoch"/>.</summary>
    public LastEpochRewire LastEpoch { get; init; } = LastEpochRewire.None;

    /// <summary>The first weight of a grown link.</summary>
    public GrownWeights GrownWeights { get; init; } = GrownWeights.FreshDraw;

    /// <summary>Whether a position that was just pruned may be grown again in the same rewire, as published. True by default.</summary>
    public bool AllowsRegrowth { get; init; } = true;

    /// <summary>The fraction of training after which rewiring ends, in (0, 1]. 1 by default; RigL uses 0.75.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside (0, 1].</exception>
    public double StopFraction
    {
        get;
        init => field = value is > 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(StopFraction), value, "The stop fraction must lie in (0, 1].");
    } = 1;

    /// <summary>Whether rewiring looks at the gradient of the last batch.</summary>
    internal bool NeedsGradient => Interval != EvolutionInterval.Never && Grow.NeedsGradient;

    /// <summary>SET (Mocanu et al. 2018) with any ζ schedule; constant 0.3 if none is given.</summary>
    /// <param name="zeta">The schedule, or <see langword="null"/> for a constant 0.3.</param>
    /// <returns>The evolution.</returns>
    public static TopologyEvolution Set(IZetaSchedule? zeta = null) => new() { Zeta = zeta ?? ZetaSchedules.Constant() };

    /// <summary>SET with linearly decreasing ζ (LDV).</summary>
    /// <param name="max">ζ at the start, in [0, 1).</param>
    /// <param name="min">ζ at the end, in [0, 1).</param>
    /// <returns>The evolution.</returns>
    public static TopologyEvolution Ldv(double max = 0.3, double min = 0.01) => Set(ZetaSchedules.LinearDecay(max, min));

    /// <summary>SET with oscillating ζ (OSV).</summary>
    /// <param name="max">The largest ζ, in [0, 1).</param>
    /// <param name="min">The smallest ζ, in [0, 1).</param>
    /// <param name="k">Half periods beyond one and a half over the run, at least 0.</param>
    /// <returns>The evolution.</returns>
    public static TopologyEvolution Osv(double max = 0.3, double min = 0.01, int k = 1) => Set(ZetaSchedules.Oscillating(max, min, k));

    /// <summary>SET with exponentially decreasing ζ (EXD).</summary>
    /// <param name="initial">ζ at the start, in [0, 1).</param>
    /// <param name="interest">The fraction by which ζ falls at each rewire, in [0, 1). Runs much shorter than 500 epochs need more than the thesis' 0.01.</param>
    /// <returns>The evolution.</returns>
    public static TopologyEvolution Exd(double initial = 0.3, double interest = 0.01) => Set(ZetaSchedules.ExponentialDecay(initial, interest));

    /// <summary>
    /// RigL (Evci et al. 2020): plain magnitude pruning, growth by gradient from weight 0, cosine ζ, ended at 75 % of training.
    /// </summary>
    /// <param name="everySteps">Steps between rewires (ΔT), at least 1.</param>
    /// <param name="zeta">The schedule, or <see langword="null"/> for a cosine from 0.3.</param>
    /// <returns>The evolution.</returns>
    public static TopologyEvolution RigL(int everySteps = 100, IZetaSchedule? zeta = null) => new()
    {
        Prune = PruneCriteria.Magnitude,
        Grow = GrowCriteria.LargestGradient,
        Zeta = zeta ?? ZetaSchedules.CosineDecay(),
        Interval = EvolutionInterval.EverySteps(everySteps),
        GrownWeights = GrownWeights.Zero,
        AllowsRegrowth = true,
        StopFraction = 0.75,
    };

    /// <inheritdoc/>
    public override string ToString() => Interval == EvolutionInterval.Never ? "static" : $"{Zeta}, {Interval}";
}
