using System.Diagnostics;
using SparseTraining.Training;
using Spectre.Console;
using Spectre.Console.Rendering;
using ThesisExperiments.Results;

namespace ThesisExperiments.Views;

/// <summary>A view that is redrawn in place: the run under way with its last epochs and how accuracy went, and what ended before.</summary>
internal sealed class LiveView : IRunView
{
    private const int EpochLines = 8, EndedLines = 8;
    private static readonly TimeSpan BetweenDraws = TimeSpan.FromMilliseconds(200);
    private readonly LiveDisplayContext _context;
    private readonly Queue<EpochRecord> _epochs = new();
    private readonly Queue<string> _ended = new();
    private Progress? _progress;
    private History _history = new();
    private string _title = "";
    private string _what = "";
    private double _done;
    private long _drawn;

    private LiveView(LiveDisplayContext context) => _context = context;

    /// <summary>Shows the view while the work runs.</summary>
    public static T Show<T>(Func<IRunView, T> work) => AnsiConsole.Live(new Text(""))
        .Overflow(VerticalOverflow.Crop)
        .Cropping(VerticalOverflowCropping.Bottom)
        .Start(context => work(new LiveView(context)));

    public void Begin(string title, Progress progress, History history)
    {
        (_title, _progress, _history, _what, _done) = (title, progress, history, "starting", 0);
        _epochs.Clear();
        Draw();
    }

    public void Step(double done, string what)
    {
        (_done, _what) = (done, what);
        if (Stopwatch.GetElapsedTime(_drawn) >= BetweenDraws)
        {
            Draw();
        }
    }

    public void Epoch(EpochRecord record, History history)
    {
        _history = history;
        Keep(_epochs, record, EpochLines);
        if (Stopwatch.GetElapsedTime(_drawn) >= BetweenDraws)
        {
            Draw();
        }
    }

    public void End(string line) => Say($"{_title}: {line}");

    public void Say(string line)
    {
        Keep(_ended, line, EndedLines);
        Draw();
    }

    private static void Keep<T>(Queue<T> queue, T item, int count)
    {
        queue.Enqueue(item);
        if (queue.Count > count)
        {
            queue.Dequeue();
        }
    }

    private void Draw()
    {
        _drawn = Stopwatch.GetTimestamp();
        int width = Math.Max(20, AnsiConsole.Profile.Width);
        var parts = new List<IRenderable>();
        if (_ended.Count > 0)
        {
            parts.AddRange(_ended.Select(line => new Text(line, new Style(decoration: Decoration.Dim)) { Overflow = Overflow.Ellipsis }));
            parts.Add(new Text(""));
        }

        if (_progress is { } progress)
        {
            parts.Add(new Markup($"[bold]{_title.EscapeMarkup()}[/]  [dim]{progress.Index} of {progress.Count}[/]"));
            int bar = Math.Min(40, width - 20);
            int full = (int)Math.Round(bar * Math.Clamp(_done, 0, 1));
            parts.Add(new Markup($"[green]{new string('━', full)}[/][dim]{new string('━', bar - full)}[/] {_done:P0}  {_what.EscapeMarkup()}"));
            string left = progress.Left(_done) is { } time ? $", {time:c} left for all" : "";
            parts.Add(new Markup($"[dim]{TimeSpan.FromSeconds(Math.Floor(progress.Elapsed.TotalSeconds)):c} so far{left}; Ctrl-C stops, --resume goes on[/]"));
        }

        if (_history.Count > 0)
        {
            parts.Add(new Text($"test accuracy {_history.TestAccuracy.Min():P1} to {_history.TestAccuracy.Max():P1}"));
            parts.Add(new Markup($"[aqua]{Sparkline.Draw(_history.TestAccuracy, width - 2)}[/]"));
        }

        if (_epochs.Count > 0)
        {
            parts.Add(EpochTable());
        }

        _context.UpdateTarget(new Rows(parts));
        _context.Refresh();
    }

    private Table EpochTable()
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string header in (string[])["epoch", "loss", "training", "test", "seconds", "ζ", "rewired"])
        {
            table.AddColumn(new TableColumn(header).RightAligned());
        }

        double best = _history.TestAccuracy.Max();
        foreach (EpochRecord epoch in _epochs)
        {
            double accuracy = epoch.Validation?.Accuracy ?? double.NaN;
            string test = $"{accuracy:P2}";
            table.AddRow(
                $"{epoch.Epoch}/{epoch.EpochCount}",
                epoch.TrainingLoss.ToString(epoch.TrainingLoss < 100 ? "F4" : "0.0E+0"),
                $"{epoch.TrainingAccuracy:P2}",
                accuracy >= best ? $"[green]{test}[/]" : test,
                $"{epoch.TrainingSeconds:F2}",
                double.IsNaN(epoch.Zeta) ? "–" : $"{epoch.Zeta:F4}",
                $"{epoch.LinksGrown:N0}");
        }

        return table;
    }
}
