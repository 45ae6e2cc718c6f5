using ThesisExperiments.Statistics;

namespace ThesisExperiments.Claims;

/// <summary>What the data says about a claim.</summary>
internal enum Outcome
{
    /// <summary>The whole interval lies where the claim says.</summary>
    Holds,

    /// <summary>The whole interval lies elsewhere.</summary>
    DoesNotHold,

    /// <summary>The interval lies on both sides.</summary>
    WithinNoise,

    /// <summary>One run has no spread.</summary>
    NotEnoughRuns,

    /// <summary>There is no result.</summary>
    NotMeasured,
}

/// <summary>How a claim is judged.</summary>
internal static class Judgement
{
    /// <summary>Judges where an interval lies.</summary>
    /// <param name="interval">What was measured.</param>
    /// <param name="min">The claim says: at least this.</param>
    /// <param name="max">And at most this.</param>
    public static Outcome Of(Interval interval, double min, double max) => interval switch
    {
        { Count: 0 } => Outcome.NotMeasured,
        { Count: 1 } => Outcome.NotEnoughRuns,
        _ when interval.Low >= min && interval.High <= max => Outcome.Holds,
        _ when interval.High < min || interval.Low > max => Outcome.DoesNotHold,
        _ => Outcome.WithinNoise,
    };

    /// <summary>Several claims that must hold together: the worst of them.</summary>
    public static Outcome All(IEnumerable<Outcome> outcomes)
    {
        Outcome[] all = [.. outcomes];
        return all.Length == 0 || all.Contains(Outcome.NotMeasured) ? Outcome.NotMeasured
            : all.Contains(Outcome.NotEnoughRuns) ? Outcome.NotEnoughRuns
            : all.Contains(Outcome.DoesNotHold) ? Outcome.DoesNotHold
            : all.Contains(Outcome.WithinNoise) ? Outcome.WithinNoise
            : Outcome.Holds;
    }

    /// <summary>The words of a verdict.</summary>
    public static string Words(this Outcome outcome) => outcome switch
    {
        Outcome.Holds => "holds",
        Outcome.DoesNotHold => "does not hold",
        Outcome.WithinNoise => "within noise",
        Outcome.NotEnoughRuns => "not enough runs",
        _ => "not measured",
    };
}
