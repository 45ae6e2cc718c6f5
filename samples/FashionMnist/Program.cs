// Trains one method on Fashion-MNIST and reports accuracy, time and memory:
//   dotnet run -c Release --project samples/FashionMnist -- --method exd --epochs 20
using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;
using FashionMnistSample;
using SparseTraining;
using SparseTraining.Data;
using SparseTraining.Datasets;
using SparseTraining.Training;
using Spectre.Console;

const int Failed = 1, DataNotFound = 2, Interrupted = 130;
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
    try
    {
        (Dataset train, Dataset test) = FashionMnist.Load(settings.Data?.FullName);
        return TrainAndReport(settings, train, test);
    }
    catch (Exception exception) when (exception is FileNotFoundException or InvalidDataException)
    {
        return Fail(exception, DataNotFound);
    }
    catch (Exception exception)
        when (exception is TrainingDivergedException or IOException or UnauthorizedAccessException)
    {
        return Fail(exception, Failed);
    }
}

static int TrainAndReport(Settings settings, Dataset train, Dataset test)
{
    if (settings.TrainSamples is int samples && samples < train.Count)
    {
        train = train.Subset([.. Enumerable.Range(0, samples)]);
    }

    SparseMlp mlp = Methods.CreateNetwork(settings, train.FeatureCount, FashionMnist.ClassNames.Count);
    Console.WriteLine(mlp.Summary());

    var table = new TrainingTable();
    FitResult fit = table.Show(() => mlp.Fit(settings.Augment ? Augmented(train) : train, new FitOptions
    {
        Epochs = settings.Epochs,
        BatchSize = settings.BatchSize,
        Validation = test,
        Callbacks = [table],
        Progress = table,
        MaxDegreeOfParallelism = settings.Threads ?? -1,
    }));

    RunResult result = RunResult.From(settings, mlp, fit);
    if (table.WasStopped)
    {
        AnsiConsole.MarkupLine($"[yellow]Stopped in epoch {fit.History.Count} of {settings.Epochs}.[/]");
    }

    AnsiConsole.MarkupLine($"\nTest accuracy [bold]{result.FinalAccuracy:P2}[/], best {result.BestAccuracy:P2}");
    Console.WriteLine($"Links         {result.Links:N0}; a dense network has {result.DenseParameters:N0} parameters");
    Console.WriteLine($"Epoch         {result.TrainSecondsPerEpoch:F2} s training, "
        + $"{result.RewireSecondsPerEpoch:F3} s rewiring, {result.EvaluateSecondsPerEpoch:F2} s testing (medians)");
    Console.WriteLine($"Memory        {result.TrainingStateBytes / 1e6:F1} MB for training, "
        + $"{result.PeakWorkingSetBytes / 1e6:F0} MB at most for the process, data included");
    if (settings.Save is { } folder)
    {
        SavedModels.Write(mlp, folder, test);
    }

    if (settings.Json is { } file)
    {
        result.Save(file);
    }

    return table.WasStopped ? Interrupted : 0;
}

// The changes of the published SET code: shifts by up to a tenth, turns by up to 10 degrees, mirror images.
static ImageAugmentation Augmented(Dataset train) => new(train, FashionMnist.ImageShape, new ImageAugmentationOptions
{
    HorizontalShift = ImageShift.Fraction(0.1),
    VerticalShift = ImageShift.Fraction(0.1),
    RotationDegrees = 10,
    HorizontalFlipProbability = 0.5,
});

static int Fail(Exception exception, int exitCode)
{
    Console.Error.WriteLine(exception.Message);
    return exitCode;
}
