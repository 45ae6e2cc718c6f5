using ThesisExperiments.Data;
using ThesisExperiments.Definitions;

namespace ThesisExperiments.Running;

/// <summary>A piece of work: one training run, or one timing of several networks in turns.</summary>
/// <param name="Plans">One plan for a training run, several for a timing.</param>
/// <param name="Rounds">Rounds of the timing, or 0 for a training run.</param>
internal sealed record Job(IReadOnlyList<RunPlan> Plans, int Rounds)
{
    public RunPlan Plan => Plans[0];

    public bool IsTiming => Rounds > 0;
}

/// <summary>Turns what was asked for into pieces of work.</summary>
internal static class Schedule
{
    private const double TimedLearningRate = 1e-6;
    private const int QuickEpochs = 6, QuickRuns = 2, QuickRounds = 3, QuickDivisor = 10;

    /// <summary>
    /// The work in the order in which it is done: first all of the first run, so that there is something to see of everything
    /// as soon as possible.
    /// </summary>
    public static IEnumerable<Job> Jobs(RunnerOptions options)
    {
        foreach (Experiment experiment in options.Experiments.Select(Experiments.Of))
        {
            int runs = RunsOf(experiment, options.Runs, options.Quick);
            for (int run = options.FirstRun; run <= runs; run++)
            {
                foreach (Job job in JobsOf(experiment, options, run))
                {
                    yield return job;
                }
            }
        }
    }

    /// <summary>Runs of each method.</summary>
    public static int RunsOf(Experiment experiment, int? asked, bool quick) => asked ?? (quick ? QuickRuns : experiment.Runs);

    private static IEnumerable<Job> JobsOf(Experiment experiment, RunnerOptions options, int run)
    {
        int rounds = options.Rounds ?? (options.Quick ? QuickRounds : experiment.Rounds);
        foreach (DataDefinition data in Chosen(experiment.Data, options.Datasets).Select(DataDefinition.Of))
        {
            foreach (string name in options.Settings)
            {
                TrainingSettings settings = TrainingSettings.Of(name, experiment.Hidden.Max(), data);
                settings = settings with { Epsilon = experiment.Epsilon ?? settings.Epsilon };
                RunPlan Plan(string method, FirstWeights weights) => new()
                {
                    Experiment = experiment,
                    Data = data,
                    Method = Method.Of(method),
                    Settings = settings,
                    FirstWeights = weights,
                    Run = run,
                    Seed = options.Seed + (ulong)(run - 1),
                    Epochs = options.Epochs ?? (options.Quick ? QuickEpochs : settings.Epochs ?? experiment.Epochs),
                    Hidden = options.Quick ? [.. experiment.Hidden.Select(size => size / QuickDivisor)] : experiment.Hidden,
                    TrainSamples = data.IsSplit ? options.TrainSamples ?? (options.Quick ? null : experiment.TrainSamples) : null,
                    Quick = options.Quick,
                };

                string[] timed = [.. Chosen(experiment.TimedMethods, options.Methods)];
                if (rounds > 0 && timed.Length > 1)
                {
                    // A step costs the same with any learning rate, and with a tiny one nothing diverges.
                    yield return new Job([.. timed.Select(method => Plan(method, FirstWeights.Default) with { Settings = settings with { LearningRate = TimedLearningRate } })], rounds);
                }

                foreach (FirstWeights weights in options.FirstWeights ?? experiment.FirstWeights)
                {
                    foreach (string method in Chosen(experiment.Methods, options.Methods))
                    {
                        yield return new Job([Plan(method, weights)], 0);
                    }
                }
            }
        }
    }

    private static IEnumerable<string> Chosen(string[] all, IReadOnlyList<string>? chosen) =>
        chosen is null ? all : all.Where(chosen.Contains);

    /// <summary>Seconds that a job takes by the estimate, all its methods together.</summary>
    public static double Estimate(Job job, DataParts data) => job.Plans.Sum(plan =>
    {
        SparseTraining.SparseMlp mlp = plan.CreateNetwork();
        long parameters = Work.Parameters(mlp);
        return job.IsTiming
            ? 2 * (job.Rounds + 1) * Work.EpochSeconds(parameters, TimingRun.Samples(plan, data.Train.Count), plan.Settings.BatchSize)
            : plan.Epochs * Work.EpochSeconds(parameters, data.Train.Count, plan.Settings.BatchSize);
    });
}
