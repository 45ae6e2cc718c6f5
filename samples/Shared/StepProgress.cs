using System.Diagnostics;
using System.Globalization;
using System.Text;
using SparseTraining.Training;
using Spectre.Console;

/// <summary>
/// Shows every step of a network whose epochs take minutes: a bar with loss and time left; in redirected output, ten lines a
/// run. It also keeps the times of the steps, and Ctrl-C ends the run after the step under way.
/// </summary>
internal sealed class StepProgress : TrainingCallback
{
    private const int Lines = 10;
    private readonly List<double> _seconds = [];
    private readonly Stopwatch _watch = new();
    private ProgressTask? _task;
    private volatile bool _stop;

    /// <summary>Whether the user asked for an early end.</summary>
    public bool WasStopped => _stop;

    /// <summary>
    /// The median time of a step. The first step is left out, which also pays for memory that nobody has touched before; so is
    /// all that happens between epochs.
    /// </summary>
    public double MedianStepSeconds => _seconds.Count == 0 ? double.NaN : _seconds.Order().ElementAt(_seconds.Count / 2);

    public FitResult Show(Func<FitResult> fit)
    {
        Console.OutputEncoding = Encoding.UTF8;
        Console.CancelKeyPress += Stop;
        try
        {
            return Console.IsOutputRedirected
                ? fit()
                : AnsiConsole.Progress()
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
        if (_watch.IsRunning)
        {
            _seconds.Add(_watch.Elapsed.TotalSeconds);
        }

        double left = _seconds.Count == 0 ? double.NaN : MedianStepSeconds * (record.StepCount - record.Step);
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"step {record.Step}/{record.StepCount}  loss {record.Loss:F3}{(left > 0 ? $"  {TimeSpan.FromSeconds(Math.Ceiling(left)):c} left" : "")}");
        if (_task is { } task)
        {
            task.MaxValue = record.StepCount;
            task.Value = record.Step;
            task.Description = line;
        }
        else if (Lines * record.Step / record.StepCount > Lines * (record.Step - 1) / record.StepCount)
        {
            Console.WriteLine(line);
        }

        _watch.Restart();
        return _stop ? TrainingDecision.Stop : TrainingDecision.Continue;
    }

    public override TrainingDecision OnEpochEnd(EpochRecord record)
    {
        _watch.Reset();
        return _stop ? TrainingDecision.Stop : TrainingDecision.Continue;
    }

    /// <summary>The first Ctrl-C ends training after the step under way; a second one ends the program.</summary>
    private void Stop(object? sender, ConsoleCancelEventArgs e)
    {
        e.Cancel = !_stop;
        _stop = true;
    }
}
