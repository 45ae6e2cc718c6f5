// Trains a truly sparse network on handwritten digits, and its fully connected twin to compare:
//   dotnet run -c Release --project samples/QuickStart
//   dotnet run -c Release --project samples/QuickStart -- --report DIR    (also writes a report of the sparse run)
using SparseTraining;
using SparseTraining.Data;
using SparseTraining.Datasets;
using SparseTraining.Evolution;
using SparseTraining.Initialization;
using SparseTraining.Optimizers;
using SparseTraining.Reports;
using SparseTraining.Schedules;
using SparseTraining.Training;
using Spectre.Console;

string? reportFolder = args switch
{
    [] => null,
    ["--report", string folder] => folder,
    _ => throw new ArgumentException("The only option is --report DIR."),
};

// 1. Real data: 1797 images of 8 × 8 pixels. A third of every class is held out for testing.
(Dataset train, Dataset test) = DataSplit.Stratified(Digits.Load(), testFraction: 1.0 / 3, seed: 1);

// 2. A network with 5 % of the links that its hidden layers could have. After every epoch the weakest links are pruned
//    and as many grown elsewhere. EXD lets their share ζ fall from 30 % to almost nothing: late links need training.
var options = new SparseMlpOptions
{
    Density = DensityAllocation.Uniform(0.05),
    Evolution = TopologyEvolution.Set(ZetaSchedules.ExponentialDecay(initial: 0.3, interest: 0.2)),
    Optimizer = Optimizers.Momentum(learningRate: 0.1, momentum: 0.9),
    LearningRateSchedule = LearningRateSchedules.Cosine(),
    Dropout = 0.2,
    Seed = 1,
};
var sparse = new SparseMlp(inputs: 64, hidden: [512, 512], outputs: 10, options);

// 3. Train, then measure on samples that the network has never seen. One thread: steps this short are not worth two.
var fit = new FitOptions { Epochs = 30, BatchSize = 32, MaxDegreeOfParallelism = 1 };
var history = new TopologyHistory();
FitResult sparseFit = LiveProgress.Show("Sparse", progress => sparse.Fit(train, fit with { Progress = progress, Callbacks = [history] }));
EvaluationResult sparseTest = sparse.Evaluate(test);

// 4. The dense twin: the same in everything but its layers.
var dense = new SparseMlp(inputs: 64, hidden: [512, 512], outputs: 10, options with { Layers = LayerKind.Dense });
FitResult denseFit = LiveProgress.Show("Dense ", progress => dense.Fit(train, fit with { Progress = progress }));
EvaluationResult denseTest = dense.Evaluate(test);

// What came of it.
Console.WriteLine();
Console.WriteLine(sparse.Summary());
string points = $"{100 * (sparseTest.Accuracy - denseTest.Accuracy):+0.0;−0.0;±0.0} points";
Table table = new Table().AddColumns("", "sparse", "dense twin", "").Border(TableBorder.Rounded);
table.Columns.Skip(1).ToList().ForEach(column => column.RightAligned());
table.AddRow("Test accuracy", $"[bold]{sparseTest.Accuracy:P1}[/]", $"{denseTest.Accuracy:P1}", points);
Compare("Parameters", sparse.ParameterCount, dense.ParameterCount, "N0", "fewer", "more");
Compare("Memory, KiB", sparseFit.TrainingStateBytes >> 10, denseFit.TrainingStateBytes >> 10, "N0", "less", "more");
Compare("Training, seconds", Seconds(sparseFit).Sum(), Seconds(denseFit).Sum(), "F2", "faster", "slower");
Compare("Median epoch, ms", 1000 * Median(sparseFit), 1000 * Median(denseFit), "F1", "faster", "slower");
AnsiConsole.Write(table);
AnsiConsole.MarkupLine("[dim]Both on one thread, rewiring included. The first epochs also compile the code.[/]");

int hardest = Enumerable.Range(0, 10).MinBy(digit => sparseTest.Classes[digit].F1);
ClassMetrics metrics = sparseTest.Classes[hardest];
Console.WriteLine($"Hardest digit: {hardest} (precision {metrics.Precision:P1}, recall {metrics.Recall:P1}).");

// 5. The run and the network as one HTML page, and every figure as SVG and PNG.
if (reportFolder is not null)
{
    Directory.CreateDirectory(reportFolder);
    var training = new TrainingReport(sparseFit);
    var topology = new TopologyReport(sparse, new TopologyReportOptions { ImageWidth = 8, History = history });
    var page = new ReportPage("Handwritten digits", $"A sparse network with {sparse.ParameterCount:N0} parameters: {sparseTest.Accuracy:P1} of the test images right");
    training.AppendTo(page);
    topology.AppendTo(page);
    string file = Path.Combine(reportFolder, "report.html");
    page.Save(file);
    training.SaveFigures(Path.Combine(reportFolder, "training"));
    topology.SaveFigures(Path.Combine(reportFolder, "topology"));
    Console.WriteLine($"Report: {file}");
}

static IEnumerable<double> Seconds(FitResult result) =>
    result.History.Select(epoch => epoch.TrainingSeconds + epoch.RewireSeconds);

static double Median(FitResult result) => Seconds(result).Order().ElementAt(result.History.Count / 2);

void Compare(string what, double sparseValue, double denseValue, string format, string better, string worse)
{
    double ratio = denseValue / sparseValue;
    string verdict = ratio >= 1 ? $"[green]{ratio:F1}× {better}[/]" : $"[yellow]{1 / ratio:F1}× {worse}[/]";
    table.AddRow(what, $"[bold]{sparseValue.ToString(format)}[/]", denseValue.ToString(format), verdict);
}
