using SparseTraining;
using ThesisExperiments.Definitions;
using ThesisExperiments.Running;

namespace ThesisExperiments.Tests;

public sealed class ScheduleTests
{
    [Fact]
    public void All_methods_of_a_run_have_its_seed()
    {
        foreach (IGrouping<int, Job> run in Schedule.Jobs(Options("datasets")).GroupBy(job => job.Plan.Run))
        {
            Assert.All(run, job => Assert.All(job.Plans, plan => Assert.Equal((ulong)run.Key, plan.Seed)));
        }
    }

    [Fact]
    public void The_first_run_of_everything_comes_before_the_second_of_anything()
    {
        int[] runs = [.. Schedule.Jobs(Options("datasets")).Select(job => job.Plan.Run)];

        Assert.Equal(runs.Order(), runs);
        Assert.Equal(3, runs[^1]);
    }

    [Fact]
    public void Files_of_different_configurations_have_different_names()
    {
        foreach (Experiment experiment in Experiments.All)
        {
            string[] names =
            [
                .. Schedule.Jobs(Options(experiment.Key) with { Settings = [TrainingSettings.ThesisName, TrainingSettings.RecommendedName] })
                    .Where(job => !job.IsTiming).Select(job => $"{job.Plan.Data.Key}/{job.Plan.Configuration}/{job.Plan.Run}"),
            ];
            Assert.Equal(names.Distinct(), names);
        }
    }

    [Fact]
    public void The_deep_experiment_has_both_ways_to_begin() =>
        Assert.Equal(
            ["exd", "exd-dense-fan-in"],
            Schedule.Jobs(Options("deep") with { Methods = ["exd"], Runs = 1 }).Where(job => !job.IsTiming).Select(job => job.Plan.Configuration));

    // The expected numbers of section 2 of the specification, which lie within 5 % of those that the thesis reports.
    [Theory]
    [InlineData("lung", 171_463, 5_320_005)]
    [InlineData("orl", 137_371, 3_067_040)]
    [InlineData("prostate-ge", 221_129, 7_971_002)]
    [InlineData("glioma", 192_758, 6_441_004)]
    [InlineData("fashion-mnist", 128_690, 2_797_010)]
    public void The_thesis_settings_give_the_reported_numbers_of_parameters(string data, long sparse, long dense)
    {
        Job job = Schedule.Jobs(Options("datasets") with { Methods = ["set"], Datasets = [data], Runs = 1 }).Single();

        SparseMlp mlp = job.Plan.CreateNetwork();

        Assert.Equal(dense, mlp.Summary().DenseParameterCount);
        Assert.InRange(mlp.ParameterCount, 0.99 * sparse, 1.01 * sparse);
    }

    private static RunnerOptions Options(string experiment) => new()
    {
        Experiments = [experiment],
        Out = "unused",
        Settings = [TrainingSettings.ThesisName],
    };
}
