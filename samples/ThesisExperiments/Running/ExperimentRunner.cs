using ThesisExperiments.Data;
using ThesisExperiments.Definitions;
using ThesisExperiments.Results;
using ThesisExperiments.Views;

namespace ThesisExperiments.Running;

/// <summary>Does the work that was asked for, skipping what is done already.</summary>
internal sealed class ExperimentRunner(RunnerOptions options, ResultFolder folder, IRunView view)
{
    private readonly ExperimentData _data = new(options.Data, options.Quick);

    /// <summary>Does the work.</summary>
    /// <param name="stop">Ends it between two steps.</param>
    /// <returns>Whether all of it is done; false if it was stopped.</returns>
    /// <exception cref="InvalidOperationException">Results of an earlier call are in the way, or were made with other settings.</exception>
    public bool Run(CancellationToken stop)
    {
        var jobs = new List<(Job Job, double Estimate)>();
        foreach (Job job in Available())
        {
            _data.TryLoad(job.Plan.Data, job.Plan.Seed, job.Plan.TrainSamples, out DataParts? parts, out _);
            jobs.Add((job, Schedule.Estimate(job, parts!)));
            ThrowIfInTheWay(job, parts!);
        }

        var progress = new Progress { Count = jobs.Count, EstimatedTotal = jobs.Sum(job => job.Estimate) };
        foreach ((Job job, double estimate) in jobs)
        {
            if (stop.IsCancellationRequested)
            {
                return false;
            }

            if (IsDone(job))
            {
                progress.Skip(estimate);
                continue;
            }

            _data.TryLoad(job.Plan.Data, job.Plan.Seed, job.Plan.TrainSamples, out DataParts? parts, out _);
            Do(job, parts!, progress, estimate, stop);
        }

        return !stop.IsCancellationRequested;
    }

    private void Do(Job job, DataParts parts, Progress progress, double estimate, CancellationToken stop)
    {
        if (job.IsTiming)
        {
            new TimingRun(job.Plans, parts, folder, job.Rounds, options.Threads).Measure(view, progress, estimate, stop);
            return;
        }

        string checkpoints = folder.Checkpoints(job.Plan.Experiment.Key, job.Plan.Data.Key, job.Plan.Configuration, job.Plan.Run);
        if (!options.Resume && Directory.Exists(checkpoints))
        {
            Directory.Delete(checkpoints, recursive: true);
        }

        new TrainingRun(job.Plan, parts, folder, options.Threads).Train(view, progress, estimate, stop);
    }

    /// <summary>The jobs whose data is there; what is not is said once.</summary>
    private IEnumerable<Job> Available()
    {
        var missing = new Dictionary<DataDefinition, bool>();
        foreach (Job job in Schedule.Jobs(options))
        {
            if (!missing.TryGetValue(job.Plan.Data, out bool isMissing))
            {
                isMissing = !_data.TryLoad(job.Plan.Data, job.Plan.Seed, job.Plan.TrainSamples, out DataParts? parts, out string? what);
                missing.Add(job.Plan.Data, isMissing);
                if (isMissing)
                {
                    view.Say($"{job.Plan.Data.Name} is skipped: {what}.");
                }
                else if (parts!.IsGenerated)
                {
                    view.Say($"{job.Plan.Data.Name} is not at hand; generated data of its shape takes its place and is marked as generated.");
                }
            }

            if (!isMissing)
            {
                yield return job;
            }
        }
    }

    private (object? Result, SortedDictionary<string, string>? Settings, bool IsDone, bool Quick) Existing(Job job)
    {
        RunPlan plan = job.Plan;
        if (job.IsTiming)
        {
            TimingResult? timing = folder.FindTiming(plan.Experiment.Key, plan.Data.Key, plan.Settings.Name, plan.Run);
            return (timing, timing?.Settings, timing is { TimedSamples: > 0 } && timing.MeasuredRounds >= timing.Rounds, timing?.Quick ?? false);
        }

        RunResult? run = folder.FindRun(plan.Experiment.Key, plan.Data.Key, plan.Configuration, plan.Run);
        return (run, run?.Settings, run is not null && run.Status != RunStatus.Unfinished, run?.Quick ?? false);
    }

    private bool IsDone(Job job) => options.Resume && Existing(job).IsDone;

    /// <summary>Hours of results must not go because somebody left an option out. Those of a quick run may.</summary>
    private void ThrowIfInTheWay(Job job, DataParts parts)
    {
        (object? result, SortedDictionary<string, string>? settings, _, bool quick) = Existing(job);
        if (result is null || (!options.Resume && quick))
        {
            return;
        }

        string name = $"{job.Plan.Experiment.Key}/{job.Plan.Data.Key}/{(job.IsTiming ? "timing" : job.Plan.Configuration)}, run {job.Plan.Run}";
        if (!options.Resume)
        {
            throw new InvalidOperationException(
                $"{options.Out} already holds {name}. Give --resume to go on from there, or another folder with --out.");
        }

        SortedDictionary<string, string> asked = job.IsTiming
            ? new TimingRun(job.Plans, parts, folder, job.Rounds, options.Threads).Describe()
            : job.Plan.Describe(parts.IsGenerated);
        foreach ((string key, string value) in asked)
        {
            // A setting that older results do not name had its only value then.
            if (settings!.TryGetValue(key, out string? stored) && stored != value)
            {
                throw new InvalidOperationException(
                    $"{name} in {options.Out} was made with {key} = {stored}; this call asks for {value}. Give the same options, or another folder with --out.");
            }
        }
    }
}
