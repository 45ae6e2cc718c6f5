using ThesisExperiments.Statistics;

namespace ThesisExperiments.Claims;

/// <summary>Claims that several experiments have.</summary>
internal static class CommonClaims
{
    // The reported numbers are rounded to thousands or more.
    private const double Rounding = 0.05;

    /// <summary>The number of parameters of a sparse network; a count has no noise.</summary>
    public static Claim Parameters(string subject, Evidence evidence, string method, long reported, string text)
    {
        double measured = evidence.Parameters(method);
        return Count(subject, "Parameters of the sparse network (within 5 %)", text, measured, reported);
    }

    /// <summary>The number of parameters of the dense twin.</summary>
    public static Claim DenseParameters(string subject, Evidence evidence, long reported) =>
        Count(subject, "Parameters of the dense network", Words.Count(reported), evidence.DenseParameters(), reported);

    /// <summary>How many times fewer parameters the sparse network has.</summary>
    public static Claim Compression(string subject, Evidence evidence, string method, double reported)
    {
        double measured = evidence.DenseParameters() / evidence.Parameters(method);
        return new Claim(
            subject, "Times fewer parameters than dense (within 5 %)", Claim.Thesis, FormattableString.Invariant($"×{reported}"),
            double.IsNaN(measured) ? "–" : FormattableString.Invariant($"×{measured:F1}"), OfCount(measured, reported), "Counted, so that there is no noise.")
        {
            IsCounted = true,
            NeedsRealData = false,
        };
    }

    /// <summary>A change of time.</summary>
    public static Claim Time(string subject, string text, Interval change, string reported, double min, double max) => new(
        subject, text, Claim.Thesis, reported, Words.Change(change), Judgement.Of(change, min, max),
        change.Count == 0 ? "No timing has both." : $"Change of time: {Words.Change(change)}, from rounds in which the networks took turns.")
    {
        NeedsRealData = false,
    };

    /// <summary>One of some methods is more accurate than every other one.</summary>
    public static Claim First(string subject, Evidence evidence, string method, string name, IReadOnlyList<(string Method, string Name)> others)
    {
        (string Name, Interval Difference)[] differences = [.. others.Select(other => (other.Name, evidence.AccuracyDifference(method, other.Method)))];
        string reason = string.Join("; ", differences.Select(d => $"minus {d.Name}: {Words.Points(d.Difference)}"));
        return new Claim(
            subject, $"{name} is the most accurate", Claim.Thesis, $"{name} first",
            Words.Percent(evidence.Accuracy(method)), Judgement.All(differences.Select(d => Judgement.Of(d.Difference, double.Epsilon, 1))),
            $"{name} {reason}.{evidence.DivergedNote([method, .. others.Select(other => other.Method)])}{evidence.CommonEpochNote([method, .. others.Select(other => other.Method)])}");
    }

    /// <summary>The best of some methods reaches an accuracy. Choosing the best among several favours it a little.</summary>
    public static Claim BestReaches(string subject, Evidence evidence, IReadOnlyList<string> methods, double goal, string source)
    {
        (string Method, Interval Accuracy) best = methods.Select(method => (method, evidence.Accuracy(method)))
            .Where(pair => pair.Item2.Count > 0)
            .OrderByDescending(pair => pair.Item2.Mean)
            .FirstOrDefault(("", Interval.None));
        return new Claim(
            subject, $"The best sparse method reaches {Words.Percent(goal)}", source, $"≥ {Words.Percent(goal)}",
            best.Method.Length == 0 ? "–" : $"{best.Method} {Words.Percent(best.Accuracy)}", Judgement.Of(best.Accuracy, goal, 1),
            best.Method.Length == 0 ? "No run." : $"The best mean has {best.Method}: {Words.Percent(best.Accuracy)}.{evidence.DivergedNote([.. methods])}");
    }

    private static Claim Count(string subject, string text, string reportedText, double measured, long reported) => new(
        subject, text, Claim.Thesis, reportedText, Words.Count(measured), OfCount(measured, reported), "Counted, so that there is no noise.")
    {
        IsCounted = true,
        NeedsRealData = false,
    };

    private static Outcome OfCount(double measured, double reported) => double.IsNaN(measured) ? Outcome.NotMeasured
        : Math.Abs(measured / reported - 1) <= Rounding ? Outcome.Holds : Outcome.DoesNotHold;
}
