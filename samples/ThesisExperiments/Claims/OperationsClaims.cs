namespace ThesisExperiments.Claims;

/// <summary>What the thesis reports about truly sparse operations.</summary>
internal static class OperationsClaims
{
    public static IEnumerable<Claim> Of(Evidence evidence)
    {
        string subject = evidence.Subject("Fashion-MNIST, 4000-1000-4000");
        yield return CommonClaims.Time(
            subject, "Training takes at least 50 % less time than dense", evidence.TrainingChange("set", "dense"), "−50 %", double.NegativeInfinity, -0.5);
        yield return CommonClaims.Time(
            subject, "Inference takes at least 30 % less time than dense", evidence.InferenceChange("set", "dense"), "−30 %", double.NegativeInfinity, -0.3);
        yield return CommonClaims.DenseParameters(subject, evidence, 11_200_000) with { Reported = "11.2 M" };
        yield return CommonClaims.Parameters(subject, evidence, "set", 350_000, "350 k");
        yield return CommonClaims.Compression(subject, evidence, "set", 32);
    }
}
