using ThesisExperiments.Claims;
using ThesisExperiments.Definitions;
using ThesisExperiments.Results;

namespace ThesisExperiments.Tests;

public sealed class ClaimTests
{
    private static readonly string[] Evolving = ["set", "ldv", "osv", "exd"];

    [Fact]
    public void Without_results_every_row_is_there_and_none_is_measured()
    {
        int rows = 0;
        foreach (Experiment experiment in Experiments.All)
        {
            IReadOnlyList<Claim> claims = AllClaims.Of(experiment, [], []);
            Assert.NotEmpty(claims);
            Assert.All(claims, claim => Assert.Equal(Outcome.NotMeasured, claim.Outcome));
            rows += claims.Count;
        }

        Assert.True(rows > 60, $"There are only {rows} rows.");
    }

    [Fact]
    public void Sparse_ahead_of_dense_holds_when_all_runs_agree_and_is_open_when_they_do_not()
    {
        Claim agreed = SparseAhead([0.02, 0.021, 0.019]);
        Claim mixed = SparseAhead([0.02, -0.02, 0.01]);
        Claim behind = SparseAhead([-0.02, -0.021, -0.019]);

        Assert.Equal(Outcome.Holds, agreed.Outcome);
        Assert.Equal(Outcome.WithinNoise, mixed.Outcome);
        Assert.Equal(Outcome.DoesNotHold, behind.Outcome);
        Assert.Contains("+2.00 points", agreed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Accuracy_on_generated_data_is_no_measurement_but_parameters_are()
    {
        RunResult[] runs = [.. Runs([0.02, 0.021, 0.019]).Select(run => run with { Data = HandMade.Data(isGenerated: true) })];

        IReadOnlyList<Claim> claims = AllClaims.Of(Experiments.Of("datasets"), runs, []);

        Claim[] fashion = [.. claims.Where(claim => claim.Subject.StartsWith("Fashion-MNIST", StringComparison.Ordinal))];
        Assert.All(fashion, claim => Assert.Contains("(generated)", claim.Subject, StringComparison.Ordinal));
        Assert.All(fashion.Where(claim => claim.NeedsRealData), claim => Assert.Equal(Outcome.NotMeasured, claim.Outcome));
        Assert.Equal(Outcome.Holds, fashion.First(claim => claim.Text.StartsWith("Parameters of the sparse", StringComparison.Ordinal)).Outcome);
        Assert.Equal(Outcome.NotMeasured, fashion.First(claim => claim.Text.StartsWith("Sparse is", StringComparison.Ordinal)).Outcome);
    }

    private static Claim SparseAhead(double[] differences) =>
        AllClaims.Of(Experiments.Of("datasets"), Runs(differences), []).First(claim => claim.Text.StartsWith("Sparse is slightly", StringComparison.Ordinal));

    private static RunResult[] Runs(double[] differences) =>
    [
        .. differences.SelectMany((difference, r) => Evolving.Select(method => HandMade.Run(method, r + 1, [0.8 + difference]))
            .Append(HandMade.Run("dense", r + 1, [0.8]))),
    ];
}
