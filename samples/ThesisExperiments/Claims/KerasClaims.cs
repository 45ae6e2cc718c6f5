using ThesisExperiments.Statistics;

namespace ThesisExperiments.Claims;

/// <summary>What the thesis reports about the two Keras ways.</summary>
internal static class KerasClaims
{
    private const double Reported = 0.905;
    private static readonly (string Method, string Name)[] Others = [("set", "SET"), ("ldv", "LDV"), ("osv", "OSV")];

    public static IEnumerable<Claim> Of(Evidence evidence)
    {
        string subject = evidence.Subject("Fashion-MNIST, 4000-1000-4000");
        yield return CommonClaims.Parameters(subject, evidence, "set", 350_000, "≈ 350,000");
        yield return CommonClaims.DenseParameters(subject, evidence, 11_185_010);
        yield return CommonClaims.Time(
            subject, "Training the old way (rebuilt) takes about 16 % longer than dense (8 to 24 %)", evidence.TrainingChange("rebuilt-set", "dense"), "+16 %", 0.08, 0.24);
        yield return CommonClaims.Time(
            subject, "Inference the old way takes about 40 % longer than dense (20 to 60 %)", evidence.InferenceChange("rebuilt-set", "dense"), "+40 %", 0.2, 0.6);
        yield return CommonClaims.Time(
            subject, "Training the new way (masked, state kept) is level with dense (within 10 %)", evidence.TrainingChange("masked-set", "dense"), "level", -0.1, 0.1);
        yield return CommonClaims.Time(
            subject, "Inference the new way is level with dense (within 10 %)", evidence.InferenceChange("masked-set", "dense"), "level", -0.1, 0.1);

        // Masked layers train to the bits of truly sparse ones: where only those were run, they stand for both.
        bool masked = evidence.Of("masked-exd").Count > 0;
        string prefix = masked ? "masked-" : "";
        Interval accuracy = evidence.Accuracy(prefix + "exd");
        yield return new Claim(
            subject, "EXD reaches the reported accuracy", Claim.Thesis, "≈ 90.5 %", Words.Percent(accuracy), Judgement.Of(accuracy, Reported, 1),
            $"EXD reaches {Words.Percent(accuracy)}{(masked ? "" : " (truly sparse, which trains to the same bits as masked)")}.{evidence.CommonEpochNote(prefix + "exd")}");
        yield return CommonClaims.First(subject, evidence, prefix + "exd", "EXD", [.. Others.Select(other => (prefix + other.Method, other.Name))]);
        Interval dense = evidence.AccuracyDifference(prefix + "exd", "dense");
        yield return new Claim(
            subject, "EXD is more accurate than dense", Claim.Thesis, "EXD first", Words.Points(dense), Judgement.Of(dense, double.Epsilon, 1),
            $"EXD minus dense: {Words.Points(dense)}.{evidence.CommonEpochNote(prefix + "exd", "dense")}");
    }
}
