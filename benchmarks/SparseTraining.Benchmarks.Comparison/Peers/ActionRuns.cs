using System.Diagnostics;
using SparseTraining.Benchmarks.Comparison.Results;

namespace SparseTraining.Benchmarks.Comparison.Peers;

/// <summary>Times calls of a method one by one.</summary>
internal sealed class ActionRuns(Action run, string remark = "", params IDisposable[] resources) : IRuns
{
    private const int FewestRuns = 3;

    public string Remark => remark;

    public double Measure(TimeSpan duration)
    {
        var times = new List<double>();
        long start = Stopwatch.GetTimestamp();
        while (times.Count < FewestRuns || Stopwatch.GetElapsedTime(start) < duration)
        {
            long before = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(before).TotalSeconds);
        }

        return Median.Of(times);
    }

    public void Dispose() => Array.ForEach(resources, resource => resource.Dispose());
}
