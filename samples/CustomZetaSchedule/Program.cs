// Write your own ζ schedule and prune criterion, and compare them with EXD on handwritten digits:
//   dotnet run -c Release --project samples/CustomZetaSchedule
using System.Text;
using SparseTraining;
using SparseTraining.Data;
using SparseTraining.Datasets;
using SparseTraining.Evolution;
using SparseTraining.Initialization;
using SparseTraining.Optimizers;
using SparseTraining.Schedules;
using SparseTraining.Training;
using Spectre.Console;

// A ζ schedule is a function of the rewire's number: here three triangular waves that run out …
IZetaSchedule waves = ZetaSchedules.FromFunction(rewire =>
{
    double progress = (double)rewire.Index / rewire.Count;
    return 0.3 * (1 - progress) * Math.Abs(1 - 6 * progress % 2);
});

// … or of the training loss: change many links while there is much to learn. Built-in pieces such as Clamp fit on it.
IZetaSchedule byLoss = ZetaSchedules.FromFunction(rewire => 0.3 * rewire.TrainingLoss).Clamp(0, 0.3);

// A prune criterion gives each link a score, and the lowest go: by its weight alone …
IPruneCriterion inhibitoryFirst = PruneCriteria.LowestScore(weight => weight < 0 ? -0.5f * weight : weight);

// … or with an eye on the topology around it (RelativeImportance.cs).
IPruneCriterion relative = PruneCriteria.LowestScore(RelativeImportance.Score);

// Put them together as you like.
TopologyEvolution exd = TopologyEvolution.Set(ZetaSchedules.ExponentialDecay(initial: 0.3, interest: 0.2));
(string Name, TopologyEvolution Evolution)[] methods =
[
    ("EXD", exd),
    ("EXD, inhibitory first", exd with { Prune = inhibitoryFirst }),
    ("EXD, relative importance", exd with { Prune = relative }),
    ("waves", TopologyEvolution.Set(waves)),
    ("by loss", TopologyEvolution.Set(byLoss)),
    ("by loss, relative importance", TopologyEvolution.Set(byLoss) with { Prune = relative }),
];

const int Seeds = 3;
Console.OutputEncoding = Encoding.UTF8;
AnsiConsole.MarkupLine($"64-512-512-10 with 5 % of the links, 20 epochs, {Seeds} seeds on the digits\n");
AnsiConsole.MarkupLine($"[bold]{"Method",-28}  Accuracy   Lowest   Rewired  ζ of each rewire[/]");
foreach ((string name, TopologyEvolution evolution) in methods)
{
    var runs = Enumerable.Range(1, Seeds).Select(seed => Train(evolution, (ulong)seed)).ToList();
    IReadOnlyList<EpochRecord> epochs = runs[0].Fit.History;
    AnsiConsole.MarkupLine(
        $"{name,-28}  [green]{runs.Average(run => run.Accuracy),8:P1}[/] {runs.Min(run => run.Accuracy),8:P1}"
        + $"  {epochs.Sum(epoch => epoch.LinksPruned),8:N0}  [aqua]{Sparkline(epochs.Select(epoch => epoch.Zeta))}[/]");
}

static (FitResult Fit, double Accuracy) Train(TopologyEvolution evolution, ulong seed)
{
    (Dataset train, Dataset test) = DataSplit.Stratified(Digits.Load(), testFraction: 1.0 / 3, seed);
    var mlp = new SparseMlp(inputs: 64, hidden: [512, 512], outputs: 10, new SparseMlpOptions
    {
        Density = DensityAllocation.Uniform(0.05),
        Evolution = evolution,
        Optimizer = Optimizers.Momentum(learningRate: 0.1),
        LearningRateSchedule = LearningRateSchedules.Cosine(),
        Dropout = 0.2,
        Seed = seed,
    });
    FitResult fit = mlp.Fit(train, new FitOptions { Epochs = 20, BatchSize = 32, MaxDegreeOfParallelism = 1 });
    return (fit, mlp.Evaluate(test).Accuracy);
}

// One character a rewire, 0 at the bottom and 0.3 at the top. The last epoch has no rewire: its ζ is NaN.
static string Sparkline(IEnumerable<double> zetas) =>
    string.Concat(zetas.Where(double.IsFinite).Select(zeta => "▁▂▃▄▅▆▇█"[(int)Math.Min(7, zeta / 0.3 * 8)]));
