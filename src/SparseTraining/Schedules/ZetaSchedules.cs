namespace SparseTraining.Schedules;

/// <summary>The built-in ζ schedules. They hold no state, so one instance may serve many runs.</summary>
public static class ZetaSchedules
{
    /// <summary>ζ_i = ζ: SET (Mocanu et al. 2018).</summary>
    /// <param name="zeta">The fraction, in [0, 1).</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public static IZetaSchedule Constant(double zeta = 0.3)
    {
        ZetaRange.ThrowIfOutside(zeta, nameof(zeta));
        return new ConstantZeta(zeta);
    }

    /// <summary>LDV: ζ_i = ζ_min + (ζ_max − ζ_min)(E − i)/E (Chouliaras 2021).</summary>
    /// <param name="max">The fraction at the start, in [0, 1).</param>
    /// <param name="min">The fraction that i = E would have, in [0, <paramref name="max"/>].</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static IZetaSchedule LinearDecay(double max = 0.3, double min = 0.01)
    {
        ZetaRange.ThrowIfOutside(min, max, nameof(min), nameof(max));
        return new LinearDecayZeta(max, min);
    }

    /// <summary>
    /// OSV: ζ_i = (ζ_max + ζ_min)/2 + (ζ_max − ζ_min)/2 · cos(2πi/T) with T = 2E/(3 + 2k) (Chouliaras 2021). It goes
    /// from max to min and back 1 + k times, and once more to min at the end of the run.
    /// </summary>
    /// <param name="max">The fraction at the crests, in [0, 1).</param>
    /// <param name="min">The fraction at the troughs, in [0, <paramref name="max"/>].</param>
    /// <param name="k">More oscillations, in [0, 1000000].</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static IZetaSchedule Oscillating(double max = 0.3, double min = 0.01, int k = 1)
    {
        ZetaRange.ThrowIfOutside(min, max, nameof(min), nameof(max));
        if (k is < 0 or > 1_000_000)
        {
            throw new ArgumentOutOfRangeException(nameof(k), k, "The value must be in [0, 1000000].");
        }

        return new OscillatingZeta(max, min, k);
    }

    /// <summary>EXD: ζ_i = ζ_0 (1 − interest)^i (Chouliaras 2021).</summary>
    /// <param name="initial">The fraction ζ_0 at the start, in [0, 1).</param>
    /// <param name="interest">What is lost from one rewire to the next, in [0, 1).</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static IZetaSchedule ExponentialDecay(double initial = 0.3, double interest = 0.01)
    {
        ZetaRange.ThrowIfOutside(initial, nameof(initial));
        ZetaRange.ThrowIfOutside(interest, nameof(interest));
        return new ExponentialDecayZeta(initial, interest);
    }

    /// <summary>
    /// ζ_i = ζ_min + (ζ_max − ζ_min)/2 · (1 + cos(πi/E)): RigL (Evci et al. 2020), whose minimum is 0.
    /// </summary>
    /// <param name="max">The fraction at the start, in [0, 1).</param>
    /// <param name="min">The fraction that i = E would have, in [0, <paramref name="max"/>].</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static IZetaSchedule CosineDecay(double max = 0.3, double min = 0)
    {
        ZetaRange.ThrowIfOutside(min, max, nameof(min), nameof(max));
        return new CosineDecayZeta(max, min);
    }

    /// <summary>A caller's function, which should depend on its argument only.</summary>
    /// <param name="function">Gives ζ.</param>
    /// <returns>The schedule.</returns>
    public static IZetaSchedule FromFunction(Func<ZetaContext, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new FunctionZeta(function);
    }

    /// <summary>Adds schedules up. Wrap the sum in <see cref="Clamp"/> where it could reach 1.</summary>
    /// <param name="terms">The schedules, at least one.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentException">There are no schedules, or one of them is null.</exception>
    public static IZetaSchedule Sum(params ReadOnlySpan<IZetaSchedule> terms)
    {
        ThrowIfNoneOrNull(terms, nameof(terms));
        return new SumZeta(terms.ToArray());
    }

    /// <summary>Multiplies schedules.</summary>
    /// <param name="factors">The schedules, at least one.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentException">There are no schedules, or one of them is null.</exception>
    public static IZetaSchedule Product(params ReadOnlySpan<IZetaSchedule> factors)
    {
        ThrowIfNoneOrNull(factors, nameof(factors));
        return new ProductZeta(factors.ToArray());
    }

    /// <summary>
    /// Changes from one schedule to the next during a run: the last section in the list that has started rules.
    /// </summary>
    /// <param name="sections">
    /// At least one; the first starts at 0, and sections given in the same way (index or fraction) start
    /// later each time.
    /// </param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentException">The sections break one of these rules.</exception>
    public static IZetaSchedule Piecewise(params ReadOnlySpan<ZetaSection> sections)
    {
        ThrowIfNoneOrNull(sections, nameof(sections));
        if (sections[0].Start != 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The first section starts at {sections[0].Start}; it must start at 0."),
                nameof(sections));
        }

        double lastIndex = -1;
        double lastFraction = -1;
        foreach (ZetaSection section in sections)
        {
            ref double last = ref section.IsFraction ? ref lastFraction : ref lastIndex;
            if (section.Start <= last)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"A section starts at {section.Start}, after one that starts at {last};")
                    + " each must start later than the one before.",
                    nameof(sections));
            }

            last = section.Start;
        }

        return new PiecewiseZeta(sections.ToArray());
    }

    /// <summary>Holds a schedule within limits.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="min">The lower limit, in [0, <paramref name="max"/>].</param>
    /// <param name="max">The upper limit, in [0, 1).</param>
    /// <returns>The limited schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A limit is outside its range.</exception>
    public static IZetaSchedule Clamp(this IZetaSchedule schedule, double min, double max)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ZetaRange.ThrowIfOutside(min, max, nameof(min), nameof(max));
        return new ClampZeta(schedule, min, max);
    }

    /// <summary>
    /// Asks a schedule for the ζ of a rewire that will be done, and does not take a value outside [0, 1).
    /// </summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="context">Which rewire it is.</param>
    /// <returns>ζ in [0, 1).</returns>
    /// <exception cref="InvalidOperationException">The schedule gave something else.</exception>
    public static double GetCheckedZeta(this IZetaSchedule schedule, in ZetaContext context)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        double zeta = schedule.GetZeta(context);
        if (!(zeta >= 0 && zeta < 1))
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The schedule \"{schedule}\" gave ζ = {zeta} for rewire {context.Index} of {context.Count};")
                + " it must be in [0, 1).");
        }

        return zeta;
    }

    private static void ThrowIfNoneOrNull<T>(ReadOnlySpan<T> items, string name)
        where T : class
    {
        if (items.IsEmpty)
        {
            throw new ArgumentException("There must be at least one.", name);
        }

        foreach (T item in items)
        {
            ArgumentNullException.ThrowIfNull(item, name);
        }
    }
}
