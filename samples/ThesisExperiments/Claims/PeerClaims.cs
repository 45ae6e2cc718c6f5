using ThesisExperiments.Statistics;

namespace ThesisExperiments.Claims;

/// <summary>What others' result files report.</summary>
internal static class PeerClaims
{
    private static readonly Dictionary<string, (string Subject, (string Method, string Name, double Reported, bool Best)[] Rows)> Table = new()
    {
        ["peers-5000"] = ("Fashion-MNIST, first 5,000 samples (Truly-Sparse-Training)",
            [("set", "SET", 0.844, false), ("set", "SET", 0.860, true), ("fixprob", "FixProb", 0.839, false), ("dense", "Dense", 0.815, false)]),
        ["peers-2000"] = ("Fashion-MNIST, 2,000 samples, 3×1000, ε 13, 400 epochs (SET tutorial)",
            [("set", "SET", 0.826, false), ("fixprob", "FixProb", 0.806, false), ("dense", "Dense", 0.820, false)]),
        ["peers-lung"] = ("LUNG, 3 × 3000, 100 epochs (SET)",
            [("set", "SET", 0.941, false), ("set", "SET", 0.971, true), ("fixprob", "FixProb", 0.912, false)]),
    };

    public static IEnumerable<Claim> Of(string experiment, Evidence evidence)
    {
        (string subject, (string Method, string Name, double Reported, bool Best)[] rows) = Table[experiment];
        foreach ((string method, string name, double reported, bool best) in rows)
        {
            Interval accuracy = best ? Interval.Of([.. evidence.Of(method).Select(run => run.BestAccuracy).Where(double.IsFinite)]) : evidence.Accuracy(method);
            yield return new Claim(
                evidence.Subject(subject), $"{name} reaches {Words.Percent(reported)} {(best ? "after its best epoch" : "after the last epoch")}", Claim.Others,
                Words.Percent(reported), Words.Percent(accuracy), Judgement.Of(accuracy, reported, 1),
                $"{name} reaches {Words.Percent(accuracy)}.{evidence.DivergedNote(method)}{evidence.CommonEpochNote(method)}");
        }

        if (experiment == "peers-5000")
        {
            yield return new Claim(
                "CIFAR-10, 3072-4000-1000-4000-10, SReLU, 1000 epochs, augmented (SET)", "SET 73.3 %, dense 70.3 %, fixed 68.8 %", Claim.Others, "73.3 / 70.3 / 68.8 %",
                "–", Outcome.NotMeasured, "CIFAR-10 is not at hand, and this runner has no reader for it.");
        }
    }
}
