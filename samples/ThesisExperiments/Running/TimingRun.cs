using SparseTraining;
using SparseTraining.Data;
using SparseTraining.Training;
using ThesisExperiments.Data;
using ThesisExperiments.Results;
using ThesisExperiments.Statistics;
using ThesisExperiments.Views;

namespace ThesisExperiments.Running;

/// <summary>
/// Times several networks in turns. In a round each one trains two short epochs with a rewire between them, of which the
/// second is timed (the first pays for memory that nobody has touched before), and predicts.
/// </summary>
/// <param name="plans">What to time: plans that differ in their method only.</param>
/// <param name="data">What they train on and predict.</param>
/// <param name="folder">Where the result goes.</param>
/// <param name="rounds">Rounds.</param>
/// <param name="threads">Threads, or −1 for one a processor.</param>
internal sealed class TimingRun(IReadOnlyList<RunPlan> plans, DataParts data, ResultFolder folder, int rounds, int threads)
{
    private readonly RunPlan _plan = plans[0];

    /// <summary>The part of the training data that a timed epoch goes through.</summary>
    public static int Samples(RunPlan plan, int available) =>
        (int)Math.Min(available, (long)plan.Experiment.TimedSteps * plan.Settings.BatchSize);

    public TimingResult Measure(IRunView view, Progress progress, double estimate, CancellationToken stop)
    {
        SparseMlp[] networks = [.. plans.Select(plan => plan.CreateNetwork())];
        TimingResult result = Start(networks);
        progress.Begin(estimate, 0);
        view.Begin($"{_plan.Experiment.Key}, {_plan.Data.Name}{(data.IsGenerated ? " (generated)" : "")}, timing in turns, run {_plan.Run}", progress, new History());
        Dataset train = data.Train.Subset([.. Enumerable.Range(0, Samples(_plan, data.Train.Count))]);
        try
        {
            for (int round = 0; round <= rounds; round++)
            {
                for (int n = 0; n < networks.Length; n++)
                {
                    view.Step((round + (double)n / networks.Length) / (rounds + 1), round == 0 ? $"warm-up, {plans[n].Method.Name}" : $"round {round}/{rounds}, {plans[n].Method.Name}");
                    Time(networks[n], train, round == 0 ? null : result.Networks[n], stop);
                }

                folder.Save(result);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            folder.Save(result);
        }

        progress.End();
        view.End(Line(result));
        return result;
    }

    private void Time(SparseMlp mlp, Dataset train, TimedNetwork? times, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        FitResult fit = mlp.Fit(train, new FitOptions
        {
            Epochs = 2,
            BatchSize = _plan.Settings.BatchSize,
            WarmStart = true,
            MaxDegreeOfParallelism = threads,
            CancellationToken = stop,
        });
        double batch = Inference.Batch(mlp, data.Test, threads);
        double single = Inference.Single(mlp, data.Test);
        if (times is not null)
        {
            times.TrainingSeconds.Add(History.Significant(fit.History[1].TrainingSeconds));
            times.EvolutionSeconds.Add(History.Significant(fit.History[0].RewireSeconds));
            times.InferenceMicroseconds.Add(History.Significant(batch));
            times.SingleSampleMicroseconds.Add(History.Significant(single));
        }
    }

    private TimingResult Start(SparseMlp[] networks) => new()
    {
        Experiment = _plan.Experiment.Key,
        Data = TrainingRun.Facts(_plan, data),
        SettingsName = _plan.Settings.Name,
        Run = _plan.Run,
        Seed = _plan.Seed,
        Quick = _plan.Quick,
        StartedUtc = DateTime.UtcNow,
        Machine = Machine.Here(threads),
        Settings = Describe(),
        TimedSamples = Samples(_plan, data.Train.Count),
        Rounds = rounds,
        Networks = [.. networks.Select((mlp, n) => new TimedNetwork
        {
            Method = plans[n].Method.Key,
            MethodName = plans[n].Method.Name,
            Links = mlp.LinkCount,
            ParameterCount = mlp.ParameterCount,
            DenseParameterCount = mlp.Summary().DenseParameterCount,
            ParameterBytes = mlp.Summary().TrainingStateBytes,
        })],
    };

    /// <summary>The settings that all networks have, with what is special to a timing.</summary>
    public SortedDictionary<string, string> Describe()
    {
        SortedDictionary<string, string> settings = _plan.Describe(data.IsGenerated);
        foreach (string perMethod in (string[])["layers", "evolution", "activation", "grown links", "epochs"])
        {
            settings.Remove(perMethod);
        }

        settings["timed"] = FormattableString.Invariant(
            $"{string.Join(" ", plans.Select(plan => plan.Method.Key))}; {Samples(_plan, data.Train.Count)} samples an epoch; {rounds} rounds");
        return settings;
    }

    private static string Line(TimingResult result) => result.MeasuredRounds == 0
        ? "stopped before the first round"
        : string.Join(", ", result.Networks.Select(network => $"{network.Method} {1000 * Numbers.Median(network.TrainingSeconds):F1} ms"))
            + $" an epoch (medians of {result.MeasuredRounds} rounds)";
}
