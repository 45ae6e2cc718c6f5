using SparseTraining.Training;

namespace ThesisExperiments.Results;

/// <summary>What happened in each epoch: one array a quantity, so that files stay small. NaN is "none".</summary>
internal sealed class History
{
    public List<double> TrainingLoss { get; init; } = [];

    public List<double> TrainingAccuracy { get; init; } = [];

    public List<double> TestLoss { get; init; } = [];

    public List<double> TestAccuracy { get; init; } = [];

    /// <summary>The ζ of the rewire at the epoch's end.</summary>
    public List<double> Zeta { get; init; } = [];

    public List<double> LinksGrown { get; init; } = [];

    public List<double> TrainingSeconds { get; init; } = [];

    public List<double> EvolutionSeconds { get; init; } = [];

    public List<double> EvaluationSeconds { get; init; } = [];

    /// <summary>Epochs that have ended.</summary>
    public int Count => TestAccuracy.Count;

    public void Add(EpochRecord record)
    {
        TrainingLoss.Add(Significant(record.TrainingLoss));
        TrainingAccuracy.Add(Significant(record.TrainingAccuracy));
        TestLoss.Add(Significant(record.Validation?.Loss ?? double.NaN));
        TestAccuracy.Add(Significant(record.Validation?.Accuracy ?? double.NaN));
        Zeta.Add(Significant(record.Zeta));
        LinksGrown.Add(record.LinksGrown);
        TrainingSeconds.Add(Significant(record.TrainingSeconds));
        EvolutionSeconds.Add(Significant(record.RewireSeconds));
        EvaluationSeconds.Add(Significant(record.EvaluationSeconds));
    }

    /// <summary>The columns with the names that they have in CSV files.</summary>
    public IEnumerable<(string Name, List<double> Values)> Columns() =>
    [
        ("training_loss", TrainingLoss),
        ("training_accuracy", TrainingAccuracy),
        ("test_loss", TestLoss),
        ("test_accuracy", TestAccuracy),
        ("zeta", Zeta),
        ("links_grown", LinksGrown),
        ("training_seconds", TrainingSeconds),
        ("evolution_seconds", EvolutionSeconds),
        ("evaluation_seconds", EvaluationSeconds),
    ];

    /// <summary>Six digits: more than any of it is exact to, and short in a file.</summary>
    internal static double Significant(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return double.IsFinite(value) ? 0 : double.NaN;
        }

        return double.Parse(value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
    }
}
