using System.Diagnostics;
using SparseTraining.Benchmarks.Comparison.Results;
using SparseTraining.Data;
using SparseTraining.Training;

namespace SparseTraining.Benchmarks.Comparison.Peers;

/// <summary>
/// Times the steps of <see cref="SparseMlp.Fit(BatchSource, FitOptions)"/> from one step's end to the next's. What a call of
/// Fit does once (workspace, threads, first steps) is not in it.
/// </summary>
internal sealed class FitRuns(SparseMlp mlp, Dataset data, Work work) : IRuns
{
    public string Remark => "";

    public double Measure(TimeSpan duration)
    {
        var watch = new StepWatch(duration);
        mlp.Fit(data, new FitOptions
        {
            Epochs = 1_000_000,
            BatchSize = work.Batch,
            MaxDegreeOfParallelism = work.Threads,
            WarmStart = true,
            Callbacks = [watch],
        });
        return Median.Of(watch.Times);
    }

    public void Dispose()
    {
    }

    private sealed class StepWatch(TimeSpan duration) : TrainingCallback
    {
        /// <summary>Steps that still find cold caches and sleeping threads, or try which way to share the work is the fastest.</summary>
        private const int StepsToSettle = 15;
        private const int FewestSteps = 3;

        private readonly long _start = Stopwatch.GetTimestamp();
        private long _lastEnd;
        private int _steps;

        public List<double> Times { get; } = [];

        public override TrainingDecision OnStepEnd(in StepRecord record)
        {
            long now = Stopwatch.GetTimestamp();
            if (_steps++ >= StepsToSettle)
            {
                Times.Add(Stopwatch.GetElapsedTime(_lastEnd, now).TotalSeconds);
            }

            _lastEnd = now;
            return Times.Count >= FewestSteps && Stopwatch.GetElapsedTime(_start, now) > duration
                ? TrainingDecision.Stop
                : TrainingDecision.Continue;
        }
    }
}
