// Reruns the thesis' experiments and reports what held up:
//   dotnet run -c Release --project samples/ThesisExperiments -- all --quick
//   dotnet run -c Release --project samples/ThesisExperiments -- datasets --epochs 500 --runs 3 --data folder --out results
using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;
using ThesisExperiments;
using ThesisExperiments.Results;
using ThesisExperiments.Running;
using ThesisExperiments.Views;

const int Failed = 1, Interrupted = 130;
Console.OutputEncoding = Encoding.UTF8;
ParseResult parsed = CommandLine.Create(Run).Parse(args);
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
    if (!complete)
    {
        Console.WriteLine($"Stopped. The same call with --resume goes on; results so far are in {options.Out}.");
    }

    return complete ? 0 : Interrupted;
});

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
