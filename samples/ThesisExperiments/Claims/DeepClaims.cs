using ThesisExperiments.Results;
using ThesisExperiments.Statistics;

namespace ThesisExperiments.Claims;

/// <summary>What the thesis reports about four hidden layers, and the hypothesis about its slow start.</summary>
internal static class DeepClaims
{
    private const string Reference = "DenseFanIn";

    // Above guessing (10 %) by more than a test of 10,000 images scatters.
    private const double LeavesGuessing = 0.15;
    private static readonly (string Method, string Name, double Epochs)[] Starts = [("exd", "EXD", 10), ("osv", "OSV", 10), ("set", "SET", 30), ("ldv", "LDV", 30)];

    public static IEnumerable<Claim> Of(Evidence evidence)
    {
        string subject = evidence.Subject("Fashion-MNIST, 4 × 4000");
        yield return CommonClaims.DenseParameters(subject, evidence, 51_192_010) with { Reported = "51.2 M" };
        yield return CommonClaims.Parameters(subject, evidence, "set", 650_000, "650 k");
        yield return CommonClaims.Compression(subject, evidence, "set", 78.7);
        foreach ((string method, string name) in ((string, string)[])[("ldv", "LDV"), ("osv", "OSV"), ("exd", "EXD")])
        {
            Interval change = evidence.TotalTimeChange(method, "set");
            yield return new Claim(
                subject, $"{name} trains in less time than SET, by up to 10 %", Claim.Thesis, "up to −10 %", Words.Change(change),
                Judgement.Of(change, -0.10, -double.Epsilon),
                change.Count == 0 ? "No finished runs of both." : $"Training and rewires of all epochs: {Words.Change(change)}. These runs did not take turns, so what else ran on the machine counts.");
        }

        yield return CommonClaims.First(subject, evidence, "exd", "EXD", [("set", "SET"), ("ldv", "LDV"), ("osv", "OSV")]);
        foreach (string weights in (string[])["Default", Reference])
        {
            foreach ((string method, string name, double reported) in Starts)
            {
                yield return Start(subject, evidence, weights, method, name, reported);
            }
        }

        yield return Hypothesis(subject, evidence);
    }

    /// <summary>The first epoch after which a run is clearly above guessing; if there is none, one more than it has.</summary>
    internal static double FirstEpochAboveGuessing(RunResult run)
    {
        int index = run.History.TestAccuracy.FindIndex(accuracy => accuracy > LeavesGuessing);
        return index < 0 ? run.History.Count + 1 : index + 1;
    }

    private static Claim Start(string subject, Evidence evidence, string weights, string method, string name, double reported)
    {
        Interval epochs = Interval.Of([.. evidence.Of(method, weights).Select(FirstEpochAboveGuessing)]);
        string how = weights == Reference ? "with first weights on the dense fan-in" : "with first weights on the links there are";
        return new Claim(
            subject, $"{name} leaves 10 % accuracy after about {reported} epochs, {how} ({reported / 2} to {1.5 * reported} epochs)", Claim.Thesis,
            FormattableString.Invariant($"≈ {reported} epochs"), Words.Number(epochs, "epochs"), Judgement.Of(epochs, reported / 2, 1.5 * reported),
            $"First epoch above {Words.Percent(LeavesGuessing)}: {Words.Number(epochs, "epochs")}.");
    }

    private static Claim Hypothesis(string subject, Evidence evidence)
    {
        (string Name, Interval Delay)[] delays =
        [
            .. Starts.Select(start => (start.Name, Interval.OfDifference(
            [
                .. from reference in evidence.Of(start.Method, Reference)
                   join standard in evidence.Of(start.Method) on reference.Run equals standard.Run
                   select (FirstEpochAboveGuessing(reference), FirstEpochAboveGuessing(standard)),
            ]))),
        ];
        string delaysText = string.Join("; ", delays.Select(delay => $"{delay.Name} {Words.Number(delay.Delay, "epochs")}"));
        return new Claim(
            subject, "The slow start comes from first weights on the dense fan-in: with them every method needs more epochs to leave 10 %", Claim.Hypothesis,
            "later with dense fan-in", delaysText, Judgement.All(delays.Select(delay => Judgement.Of(delay.Delay, double.Epsilon, double.PositiveInfinity))),
            $"Delay by the dense fan-in, within runs: {delaysText}.");
    }
}
