namespace SparseTraining.Evolution;

/// <summary>When layers are rewired.</summary>
public sealed record EvolutionInterval
{
    private EvolutionInterval(int steps) => StepCount = steps;

    /// <summary>Never: the topology is static.</summary>
    public static EvolutionInterval Never { get; } = new(-1);

    /// <summary>At the end of every epoch but the last.</summary>
    public static EvolutionInterval EveryEpoch { get; } = new(0);

    /// <summary>Steps between rewires; 0 for every epoch, −1 for never.</summary>
    internal int StepCount { get; }

    /// <summary>After every so many steps, but not after the last of the run.</summary>
    /// <remarks>
    /// A source that does not say how many samples it holds has no known last step during the first epoch: until then ζ
    /// schedules see the longest possible run, and <see cref="TopologyEvolution.StopFraction"/> does not apply.
    /// </remarks>
    /// <param name="steps">At least 1.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is below 1.</exception>
    public static EvolutionInterval EverySteps(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return new EvolutionInterval(steps);
    }

    /// <inheritdoc/>
    public override string ToString() => StepCount switch { -1 => "never", 0 => "every epoch", 1 => "every step", _ => $"every {StepCount} steps" };
}
