using System.Diagnostics;
using SparseTraining.Training;
using ThesisExperiments.Results;

namespace ThesisExperiments.Views;

/// <summary>Plain lines, for output that goes to a file or another program: one a run, and in between one every half minute.</summary>
internal sealed class PlainView(TextWriter output) : IRunView
{
    private const double SecondsBetweenLines = 30;
    private long _written;
    private Progress? _progress;
    private string _title = "";
    private double _done;

    public void Begin(string title, Progress progress, History history)
    {
        _progress = progress;
        _title = title;
        _done = 0;
        _written = Stopwatch.GetTimestamp();
        output.WriteLine($"[{progress.Index}/{progress.Count}] {title}{(history.Count > 0 ? $", goes on after epoch {history.Count}" : "")}");
    }

    public void Step(double done, string what)
    {
        _done = done;
        if (Stopwatch.GetElapsedTime(_written).TotalSeconds >= SecondsBetweenLines)
        {
            Write(what);
        }
    }

    public void Epoch(EpochRecord record, History history)
    {
        if (Stopwatch.GetElapsedTime(_written).TotalSeconds >= SecondsBetweenLines)
        {
            Write($"epoch {record.Epoch}/{record.EpochCount}, loss {record.TrainingLoss:F4}, test accuracy {record.Validation?.Accuracy:P2}, "
                + $"{record.TrainingSeconds:F2} s");
        }
    }

    public void End(string line) => output.WriteLine($"[{_progress!.Index}/{_progress.Count}] {_title}: {line}");

    public void Say(string line) => output.WriteLine(line);

    private void Write(string what)
    {
        _written = Stopwatch.GetTimestamp();
        string left = _progress!.Left(_done) is { } time ? $", {time:c} left for all" : "";
        output.WriteLine($"    {what}{left}");
    }
}
