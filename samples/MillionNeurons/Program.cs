// Trains a truly sparse network of a million neurons, and says what it took:
//   dotnet run -c Release --project samples/MillionNeurons
//   dotnet run -c Release --project samples/MillionNeurons -- --quick
using System.CommandLine;
using System.CommandLine.Invocation;
using System.Diagnostics;
using System.Text;
using MillionNeuronsSample;
using SparseTraining;
using SparseTraining.Data;
using SparseTraining.Optimizers;
using SparseTraining.Training;

const int Failed = 1, Interrupted = 130;
Console.OutputEncoding = Encoding.UTF8;
ParseResult parsed = CommandLine.Create(Run).Parse(args);
if (parsed.Action is ParseErrorAction errors)
{
    errors.ShowHelp = false;
}

return parsed.Invoke();

static int Run(Settings settings)
{
    try
    {
        return TrainAndReport(settings);
    }
    catch (Exception exception) when (exception is TrainingDivergedException or OutOfMemoryException or ArgumentOutOfRangeException)
    {
        Console.Error.WriteLine(exception.Message);
        return Failed;
    }
}

static int TrainAndReport(Settings settings)
{
    Dataset train = Clusters.Draw(settings.Samples, seed: 1);
    Dataset test = Clusters.Draw(Math.Max(100, settings.Samples / 10), seed: 2);

    long start = Stopwatch.GetTimestamp();
    int[] hidden = settings.Hidden;
    var mlp = new SparseMlp(Clusters.Features, hidden, Clusters.Classes, new SparseMlpOptions
    {
        Epsilon = settings.Epsilon,

        // An output of the network moves with the sum over all neurons below it: the wider, the smaller the step must be.
        Optimizer = Optimizers.Momentum(learningRate: 10.0 / hidden[^1]),
        Seed = 1,
    });
    double initialisation = Stopwatch.GetElapsedTime(start).TotalSeconds;
    Console.WriteLine(mlp.Summary());
    Console.WriteLine($"Made in {initialisation:F1} s\n");

    var progress = new StepProgress();
    FitResult fit = progress.Show(() => mlp.Fit(train, new FitOptions
    {
        Epochs = settings.Epochs,
        BatchSize = settings.BatchSize,
        Callbacks = [progress],
        MaxDegreeOfParallelism = settings.Threads ?? -1,
    }));
    double step = progress.MedianStepSeconds;
    using Process process = Process.GetCurrentProcess();

    Console.WriteLine($"""

        Neurons         {settings.Neurons:N0}
        Links           {mlp.LinkCount:N0}; a dense network has {mlp.Summary().DenseParameterCount:N0} parameters
        Initialisation  {initialisation:F1} s
        Epoch           {fit.TrainingSeconds / fit.History.Count:F1} s for {settings.Samples:N0} samples, {fit.RewireSeconds:F1} s rewiring in all
        Step            {1000 * step:F0} ms (median), {1e9 * step / mlp.LinkCount:F1} ns a link, {1e9 * step / mlp.LinkCount / settings.BatchSize:F3} ns a link and sample
        Memory          {fit.TrainingStateBytes / 1e9:F2} GB for training, {process.PeakWorkingSet64 / 1e9:F2} GB at most for the process, data included
        """);
    if (progress.WasStopped)
    {
        Console.WriteLine("Stopped early.");
        return Interrupted;
    }

    Console.WriteLine(
        $"Accuracy        {fit.Final.TrainingAccuracy:P1} while training, {mlp.Evaluate(test).Accuracy:P1} on {test.Count:N0} samples never seen");
    return 0;
}
