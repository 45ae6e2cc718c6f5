using System.Diagnostics;

namespace ThesisExperiments.Views;

/// <summary>How far all work is, and how long the rest takes if it goes on like this.</summary>
internal sealed class Progress
{
    private readonly Stopwatch _watch = new();
    private double _estimatedDone;
    private double _estimatedUnderWay;
    private double _estimatedSkipped;

    /// <summary>Runs and timings in all.</summary>
    public required int Count { get; init; }

    /// <summary>What all of them would take by the estimate, in seconds.</summary>
    public required double EstimatedTotal { get; init; }

    /// <summary>The one under way, from 1.</summary>
    public int Index { get; private set; }

    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Counts one that has its result already.</summary>
    public void Skip(double estimate)
    {
        Index++;
        _estimatedSkipped += estimate;
    }

    public void Begin(double estimate, double alreadyDone)
    {
        Index++;
        _estimatedUnderWay = estimate;
        _estimatedSkipped += estimate * alreadyDone;
        _estimatedDone -= estimate * alreadyDone;
        _watch.Start();
    }

    public void End()
    {
        _estimatedDone += _estimatedUnderWay;
        _estimatedUnderWay = 0;
        _watch.Stop();
    }

    /// <summary>Time left for everything, or null as long as there is nothing to tell it from.</summary>
    /// <param name="done">The share of the run under way that is done.</param>
    public TimeSpan? Left(double done)
    {
        double estimated = _estimatedDone + _estimatedUnderWay * done;
        double left = EstimatedTotal - _estimatedSkipped - estimated;
        return Elapsed.TotalSeconds < 2 || estimated <= 0 || left < 0
            ? null
            : TimeSpan.FromSeconds(Math.Ceiling(left * Elapsed.TotalSeconds / estimated));
    }
}
