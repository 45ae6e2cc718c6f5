namespace SparseTraining.Schedules;

/// <summary>A part of a piecewise ζ schedule: which schedule rules from where on.</summary>
public sealed record ZetaSection
{
    private ZetaSection(double start, bool isFraction, IZetaSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        Start = start;
        IsFraction = isFraction;
        Schedule = schedule;
    }

    /// <summary>Where the section starts: an index of a rewire, or a fraction of their number.</summary>
    public double Start { get; }

    /// <summary>Whether <see cref="Start"/> is a fraction.</summary>
    public bool IsFraction { get; }

    /// <summary>The schedule that rules there. It sees the index and number of the whole run.</summary>
    public IZetaSchedule Schedule { get; }

    /// <summary>A section that starts at a certain rewire.</summary>
    /// <param name="index">The 0-based number of the rewire.</param>
    /// <param name="schedule">The schedule that rules from there on.</param>
    /// <returns>The section.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative.</exception>
    public static ZetaSection FromIndex(int index, IZetaSchedule schedule)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new ZetaSection(index, false, schedule);
    }

    /// <summary>
    /// A section that starts after a part of the run: at the first rewire i ≥ fraction · number of rewires.
    /// </summary>
    /// <param name="fraction">The part of the run, in [0, 1).</param>
    /// <param name="schedule">The schedule that rules from there on.</param>
    /// <returns>The section.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is not in [0, 1).</exception>
    public static ZetaSection FromFraction(double fraction, IZetaSchedule schedule)
    {
        ZetaRange.ThrowIfOutside(fraction, nameof(fraction));
        return new ZetaSection(fraction, true, schedule);
    }

    /// <summary>Describes the section.</summary>
    /// <returns>Start and schedule.</returns>
    public override string ToString() =>
        FormattableString.Invariant($"from {Start}{(IsFraction ? " of the run" : string.Empty)}: {Schedule}");

    internal bool HasStarted(in ZetaContext context) => context.Index >= Start * (IsFraction ? context.Count : 1);
}
