// Selects genes by the strength of a sparse network's inputs and asks whether they are enough to classify by:
//   dotnet run -c Release --project samples/FeatureSelection -- --dataset glioma --data DIR
using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;
using FeatureSelectionSample;
using SparseTraining.Training;
using Spectre.Console;

const int Failed = 1, Interrupted = 130;
Console.OutputEncoding = Encoding.UTF8;
ParseResult parsed = CommandLine.Create(Run).Parse(args);
if (parsed.Action is ParseErrorAction errors)
{
    // What is wrong is easier to see without the help below it.
    errors.ShowHelp = false;
}

return parsed.Invoke();

static int Run(Settings settings)
{
    using var stop = new CancellationTokenSource();
    ConsoleCancelEventHandler onCancel = (_, e) =>
    {
        // The first Ctrl-C ends the split under way; a second one ends the program.
        e.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    };
    Console.CancelKeyPress += onCancel;
    try
    {
        return Compare(settings, stop.Token);
    }
    catch (Exception exception)
        when (exception is TrainingDivergedException or InvalidDataException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(exception.Message);
        return Failed;
    }
    finally
    {
        Console.CancelKeyPress -= onCancel;
    }
}

static int Compare(Settings settings, CancellationToken cancellation)
{
    GeneData data = GeneData.Load(settings);
    if (settings.Genes.Max() > data.Samples.FeatureCount)
    {
        Console.Error.WriteLine($"--genes asks for {settings.Genes.Max()} genes; {data.Name} has {data.Samples.FeatureCount}.");
        return Failed;
    }

    if (data.Informative is not null)
    {
        AnsiConsole.MarkupLine("[yellow]The data is generated: its figures show how the sample works and say nothing about real genes.[/]");
    }

    var comparison = new Comparison(settings, data, new Classifier(settings, cancellation));
    var results = new List<SplitResult>();
    bool stopped = false;
    AnsiConsole.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(context =>
        {
            ProgressTask task = context.AddTask("training", maxValue: settings.Splits * comparison.NetworksPerSplit);
            try
            {
                for (int split = 0; split < settings.Splits; split++)
                {
                    task.Description = $"split {split + 1} of {settings.Splits}";
                    results.Add(comparison.Run(split, () => task.Increment(1)));
                }
            }
            catch (OperationCanceledException)
            {
                stopped = true;
            }
        });

    if (results.Count > 1)
    {
        AnsiConsole.Write(ResultTable.Create(settings, data, results));
        foreach (string verdict in ResultTable.Verdicts(settings, results))
        {
            AnsiConsole.WriteLine(verdict);
        }
    }

    if (stopped)
    {
        AnsiConsole.MarkupLineInterpolated($"[yellow]Stopped after {results.Count} of {settings.Splits} splits.[/]");
        return Interrupted;
    }

    return 0;
}
