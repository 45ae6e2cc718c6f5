using SparseTraining.Training;
using Spectre.Console;

namespace FashionMnistSample;

/// <summary>A line for every epoch and, on a terminal, a bar with the time left. Ctrl-C ends the run.</summary>
internal sealed class TrainingTable : TrainingCallback, IProgress<EpochRecord>
{
    // Narrow terminals do without the columns on the right.
    private static readonly (string Header, int Width, Func<EpochRecord, string> Cell)[] Columns =
    [
        ("epoch", 9, epoch => $"{epoch.Epoch}/{epoch.EpochCount}"),
        ("loss", 8, epoch => epoch.TrainingLoss.ToString(epoch.TrainingLoss < 100 ? "F4" : "0.0E+0")),
        ("accuracy", 10, epoch => $"{epoch.TrainingAccuracy:P2}"),
        ("test", 9, epoch => $"{epoch.Validation!.Accuracy:P2}"),
        ("seconds", 9, epoch => $"{epoch.TrainingSeconds:F2}"),
        ("ζ", 7, epoch => double.IsNaN(epoch.Zeta) ? "–" : $"{epoch.Zeta:F4}"),
        ("rewired", 9, epoch => $"{epoch.LinksGrown:N0}"),
    ];

    private ProgressTask? _task;
    private volatile bool _stop;
    private double _best;

    /// <summary>Whether the user asked for an early end.</summary>
    public bool WasStopped => _stop;

    public FitResult Show(Func<FitResult> fit)
    {
        Console.CancelKeyPress += Stop;
        try
        {
            AnsiConsole.MarkupLine($"[bold]{Line(column => column.Header)}[/]");
            return Console.IsOutputRedirected
                ? fit()
                : AnsiConsole.Progress()
                    .AutoClear(true)
                    .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn())
                    .Start(context =>
                    {
                        _task = context.AddTask("starting");
                        return fit();
                    });
        }
        finally
        {
            Console.CancelKeyPress -= Stop;
        }
    }

    public override TrainingDecision OnStepEnd(in StepRecord record)
    {
        if (_task is { } task)
        {
            task.MaxValue = record.StepCount;
            task.Value = record.Step;
            if (task.ElapsedTime is { TotalSeconds: > 1 } elapsed)
            {
                double left = elapsed.TotalSeconds * (record.StepCount - record.Step) / record.Step;
                task.Description = $"{TimeSpan.FromSeconds(Math.Ceiling(left)):c} left";
            }
        }

        return _stop ? TrainingDecision.Stop : TrainingDecision.Continue;
    }

    public override TrainingDecision OnEpochEnd(EpochRecord record) => _stop ? TrainingDecision.Stop : TrainingDecision.Continue;

    /// <summary>Comes after the epoch's rewire, which <see cref="OnEpochEnd"/> does not know yet.</summary>
    public void Report(EpochRecord value)
    {
        string line = Line(column => column.Cell(value));
        bool isBest = value.Validation!.Accuracy > _best;
        _best = Math.Max(_best, value.Validation.Accuracy);
        AnsiConsole.MarkupLine(isBest ? $"[green]{line}[/]" : line);
    }

    private static string Line(Func<(string Header, int Width, Func<EpochRecord, string> Cell), string> cell)
    {
        int room = AnsiConsole.Profile.Width;
        return string.Concat(Columns
            .TakeWhile(column => (room -= column.Width) >= 0)
            .Select(column => cell(column).PadLeft(column.Width)));
    }

    /// <summary>The first Ctrl-C ends training after the step under way; a second one ends the program.</summary>
    private void Stop(object? sender, ConsoleCancelEventArgs e)
    {
        e.Cancel = !_stop;
        _stop = true;
    }
}
