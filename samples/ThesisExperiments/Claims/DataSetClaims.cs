using ThesisExperiments.Statistics;

namespace ThesisExperiments.Claims;

/// <summary>What the thesis reports about "more data sets", and the goals of this project for them.</summary>
internal static class DataSetClaims
{
    private static readonly string[] Evolving = ["set", "ldv", "osv", "exd"];

    /// <summary>Reported per data set: parameters, change of training and inference time against dense, who is ahead, and the goal for the best method.</summary>
    private static readonly Dictionary<string, Reported> Table = new()
    {
        ["lung"] = new(172_000, 5_320_005, -0.60, "−60 %", -0.70, "−70 %", true, null),
        ["orl"] = new(138_000, 3_067_040, -0.62, "−62 %", -0.50, "−50 %", null, 0.90),
        ["prostate-ge"] = new(222_000, 7_971_002, -0.20, "−20 %", -0.80, "−80 %", true, 0.88),
        ["glioma"] = new(193_000, 6_441_004, -0.20, "−20…25 %", null, "≈ 0 %", true, 0.70),
        ["fashion-mnist"] = new(130_000, 2_797_010, -0.54, "−54 %", null, "≈ 0 %", false, 0.89),
    };

    /// <summary>The claims on one data set.</summary>
    /// <param name="data">Its key.</param>
    /// <param name="name">Its name.</param>
    /// <param name="evidence">The results on it, possibly none.</param>
    public static IEnumerable<Claim> Of(string data, string name, Evidence evidence)
    {
        Reported reported = Table[data];
        string subject = evidence.Subject(name);
        yield return CommonClaims.Parameters(subject, evidence, "set", reported.Parameters, $"≈ {Words.Count(reported.Parameters)}");
        yield return CommonClaims.DenseParameters(subject, evidence, reported.DenseParameters);
        yield return CommonClaims.Time(
            subject, "A SET epoch (training and rewire) takes less time than a dense one by at least what was reported",
            evidence.TrainingChange("set", "dense"), reported.TrainingText, double.NegativeInfinity, reported.Training);
        yield return reported.Inference is double inference
            ? CommonClaims.Time(subject, "Inference takes less time than dense by at least what was reported", evidence.InferenceChange("set", "dense"), reported.InferenceText, double.NegativeInfinity, inference)
            : CommonClaims.Time(subject, "Inference takes as long as dense (within 10 %)", evidence.InferenceChange("set", "dense"), reported.InferenceText, -0.1, 0.1);
        if (reported.DenseIsAhead is bool denseIsAhead)
        {
            Interval difference = evidence.AccuracyDifference(Evolving, ["dense"]);
            Outcome outcome = denseIsAhead ? Judgement.Of(difference, double.NegativeInfinity, -double.Epsilon) : Judgement.Of(difference, double.Epsilon, double.PositiveInfinity);
            yield return new Claim(
                subject, denseIsAhead ? "Dense is more accurate than sparse" : "Sparse is slightly more accurate than dense", Claim.Thesis,
                denseIsAhead ? "dense ahead" : "sparse ahead", Words.Points(difference), outcome,
                $"Mean of SET, LDV, OSV and EXD minus dense: {Words.Points(difference)}.{evidence.DivergedNote([.. Evolving, "dense"])}{evidence.CommonEpochNote([.. Evolving, "dense"])}");
        }

        if (data == "orl")
        {
            Interval dense = evidence.Accuracy("dense");
            yield return new Claim(
                subject, "Dense fails to train (at most 10 % accuracy)", Claim.Thesis, "fails", Words.Percent(dense), Judgement.Of(dense, 0, 0.10),
                $"Dense reaches {Words.Percent(dense)}; guessing is 2.5 %.{evidence.DivergedNote("dense")}");
        }

        if (data == "glioma")
        {
            Interval dense = evidence.Accuracy("dense");
            yield return new Claim(
                subject, "Dense reaches about 70 % (within 5 points)", Claim.Thesis, "0.7", Words.Percent(dense), Judgement.Of(dense, 0.65, 0.75),
                $"Dense reaches {Words.Percent(dense)}.{evidence.DivergedNote("dense")}");
        }

        foreach (Claim goal in Goals(data, subject, reported, evidence))
        {
            yield return goal;
        }
    }

    private static IEnumerable<Claim> Goals(string data, string subject, Reported reported, Evidence evidence)
    {
        if (reported.Goal is not double goal)
        {
            yield break;
        }

        if (data != "fashion-mnist")
        {
            yield return CommonClaims.BestReaches(subject, evidence, ["fixprob", .. Evolving], goal, Claim.Goal);
            yield break;
        }

        foreach (string method in (string[])["set", "exd"])
        {
            Interval accuracy = evidence.Accuracy(method);
            yield return new Claim(
                subject, $"{method.ToUpperInvariant()} reaches {Words.Percent(goal)}", Claim.Goal, $"≥ {Words.Percent(goal)}", Words.Percent(accuracy),
                Judgement.Of(accuracy, goal, 1), $"{method.ToUpperInvariant()} reaches {Words.Percent(accuracy)}.");
            Interval difference = evidence.AccuracyDifference(method, "dense");
            Outcome outcome = difference.Count < 2 ? Judgement.Of(difference, 0, 1) : difference.High >= 0 ? Outcome.Holds : Outcome.DoesNotHold;
            yield return new Claim(
                subject, $"{method.ToUpperInvariant()} is within noise of dense, or above it", Claim.Goal, "≥ dense within noise", Words.Points(difference), outcome,
                $"{method.ToUpperInvariant()} minus dense: {Words.Points(difference)}.{evidence.DivergedNote(method, "dense")}{evidence.CommonEpochNote(method, "dense")}");
        }
    }

    private sealed record Reported(
        long Parameters, long DenseParameters, double Training, string TrainingText, double? Inference, string InferenceText, bool? DenseIsAhead, double? Goal);
}
