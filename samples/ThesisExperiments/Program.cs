// Reruns the thesis' experiments and reports what held up:
//   dotnet run -c Release --project samples/ThesisExperiments -- all --quick
//   dotnet run -c Release --project samples/ThesisExperiments -- datasets --epochs 500 --runs 3 --data folder --out results
using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;
using ThesisExperiments;
using ThesisExperiments.Definitions;
using ThesisExperiments.Reporting;
using ThesisExperiments.Results;
using ThesisExperiments.Running;
using ThesisExperiments.Views;

const int Failed = 1, Interrupted = 130;
Console.OutputEncoding = Encoding.UTF8;
ParseResult parsed = CommandLine.Create(Run, Report).Parse(args);
if (parsed.Action is ParseErrorAction errors)
{
    errors.ShowHelp = false;
}

return parsed.Invoke();

static int Run(RunnerOptions options) => Guarded(() =>
{
    using var stop = new StopSignal();
    var folder = new ResultFolder(options.Out);
    bool Work(IRunView view) => new ExperimentRunner(options, folder, view).Run(stop.Token);
    bool complete = Console.IsOutputRedirected ? Work(new PlainView(Console.Out)) : LiveView.Show(Work);
    WriteReports(options.Experiments, folder);
    if (!complete)
    {
        Console.WriteLine($"Stopped. The same call with --resume goes on; results so far are in {options.Out}.");
    }

    return complete ? 0 : Interrupted;
});

static int Report(IReadOnlyList<string> experiments, string output) => Guarded(() =>
{
    if (WriteReports(experiments, new ResultFolder(output)) == 0)
    {
        throw new InvalidDataException($"{output} holds no results of {string.Join(", ", experiments)}.");
    }

    return 0;
});

static int WriteReports(IReadOnlyList<string> experiments, ResultFolder folder)
{
    int written = 0;
    foreach (string key in experiments)
    {
        if (new ExperimentReport(Experiments.Of(key), folder).Write() is { } path)
        {
            Console.WriteLine(path);
            written++;
        }
    }

    return written;
}

static int Guarded(Func<int> work)
{
    try
    {
        return work();
    }
    catch (Exception exception)
        when (exception is InvalidOperationException or InvalidDataException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(exception.Message);
        return Failed;
    }
}
