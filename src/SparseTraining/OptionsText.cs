using System.Globalization;
using SparseTraining.Evolution;
using SparseTraining.Optimizers;
using SparseTraining.Persistence;

namespace SparseTraining;

/// <summary>A model's options as texts that a file can hold, and back.</summary>
internal static class OptionsText
{
    private const string None = "-";

    private static readonly Entry[] Entries =
    [
        Enumerated("task", o => o.Task, (o, v) => o with { Task = v }),
        Enumerated("layers", o => o.Layers, (o, v) => o with { Layers = v }),
        Enumerated("output-layer", o => o.OutputLayer, (o, v) => o with { OutputLayer = v }),
        Number("epsilon", o => o.Epsilon, (o, v) => o with { Epsilon = v }),
        new("density", o => o.Density is null ? None : PartText.Of(o.Density), (o, v) => o with { Density = v == None ? null : PartText.ParseDensity(Part.Parse(v)) }),
        Enumerated("sampling", o => o.Sampling, (o, v) => o with { Sampling = v }),
        new("hidden-activation", o => ActivationText.Of(o.HiddenActivation), (o, v) => o with { HiddenActivation = ActivationText.Parse(v) }),
        new(
            "output-activation",
            o => o.OutputActivation is null ? None : ActivationText.Of(o.OutputActivation),
            (o, v) => o with { OutputActivation = v == None ? null : ActivationText.Parse(v) }),
        new(
            "loss",
            o => o.Loss is null ? None : PartText.Of(o.Loss),
            (o, v) => o with { Loss = v == None ? null : IsForeign(v) ? new ForeignLoss(v[1..]) : PartText.ParseLoss(Part.Parse(v)) }),
        Number("dropout", o => o.Dropout, (o, v) => o with { Dropout = v }),
        new(
            "weight-initializer",
            o => o.WeightInitializer is null ? None : PartText.Of(o.WeightInitializer),
            (o, v) => o with { WeightInitializer = v == None ? null : IsForeign(v) ? new ForeignInitializer(v[1..]) : PartText.ParseInitializer(Part.Parse(v)) }),
        Evolving("evolution.prune", e => PartText.Of(e.Prune), (e, v) => e with { Prune = IsForeign(v) ? new ForeignPrune(v[1..]) : PartText.ParsePrune(Part.Parse(v)) }),
        Evolving("evolution.grow", e => PartText.Of(e.Grow), (e, v) => e with { Grow = IsForeign(v) ? new ForeignGrow(v[1..]) : PartText.ParseGrow(Part.Parse(v)) }),
        Evolving("evolution.zeta", e => ScheduleText.Of(e.Zeta), (e, v) => e with { Zeta = IsForeign(v) ? new ForeignZeta(v[1..]) : ScheduleText.ParseZeta(Part.Parse(v)) }),
        Evolving("evolution.interval", e => IntervalText(e.Interval), (e, v) => e with { Interval = ParseInterval(v) }),
        Evolving("evolution.last-epoch", e => $"{e.LastEpoch}", (e, v) => e with { LastEpoch = Enumeration<LastEpochRewire>(v) }),
        Evolving("evolution.grown-weights", e => $"{e.GrownWeights}", (e, v) => e with { GrownWeights = Enumeration<GrownWeights>(v) }),
        Evolving("evolution.allows-regrowth", e => $"{e.AllowsRegrowth}", (e, v) => e with { AllowsRegrowth = bool.Parse(v) }),
        Evolving("evolution.stop-fraction", e => Text(e.StopFraction), (e, v) => e with { StopFraction = Double(v) }),
        new("optimizer", o => PartText.Of(o.Optimizer), (o, v) => o with { Optimizer = IsForeign(v) ? new ForeignOptimizer(v[1..]) : PartText.ParseOptimizer(Part.Parse(v)) }),
        new(
            "learning-rate-schedule",
            o => ScheduleText.Of(o.LearningRateSchedule),
            (o, v) => o with { LearningRateSchedule = IsForeign(v) ? new ForeignRate(v[1..]) : ScheduleText.ParseRate(Part.Parse(v)) }),
        Number("l1", o => o.Regularization.L1, (o, v) => o with { Regularization = o.Regularization with { L1 = v } }),
        Number("l2", o => o.Regularization.L2, (o, v) => o with { Regularization = o.Regularization with { L2 = v } }),
        Number("decoupled-decay", o => o.Regularization.DecoupledDecay, (o, v) => o with { Regularization = o.Regularization with { DecoupledDecay = v } }),
        new("regularization-includes-bias", o => $"{o.Regularization.IncludeBias}", (o, v) => o with { Regularization = o.Regularization with { IncludeBias = bool.Parse(v) } }),
        new(
            "gradient-clipping",
            o => o.GradientClipping is { } c ? Part.Text(c.IsGlobalNorm ? "ByGlobalNorm" : "ByValue", c.Limit) : None,
            (o, v) => o with { GradientClipping = v == None ? null : ParseClipping(Part.Parse(v)) }),
        Enumerated("feature-scaling", o => o.FeatureScaling, (o, v) => o with { FeatureScaling = v }),
        new("seed", o => o.Seed.ToString(CultureInfo.InvariantCulture), (o, v) => o with { Seed = ulong.Parse(v, NumberStyles.None, CultureInfo.InvariantCulture) }),
    ];

    /// <summary>Every option with its text. What a user wrote begins with ?.</summary>
    public static KeyValuePair<string, string>[] Of(SparseMlpOptions options) =>
        [.. Entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Get(options)))];

    /// <summary>
    /// Options from their texts; each key at most once, in any order. An option that did not exist yet when a file was
    /// written is not in it and keeps its default.
    /// </summary>
    /// <exception cref="InvalidDataException">A key is unknown or there twice, or a value is wrong.</exception>
    public static SparseMlpOptions Parse(IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        var options = new SparseMlpOptions();
        var seen = new HashSet<string>();
        foreach ((string key, string value) in pairs)
        {
            Entry entry = Entries.FirstOrDefault(entry => entry.Key == key)
                ?? throw new InvalidDataException($"The option \"{key}\" is not known.");
            if (!seen.Add(key))
            {
                throw new InvalidDataException($"The option \"{key}\" is there twice.");
            }

            try
            {
                options = entry.Set(options, value);
            }
            catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
            {
                throw new InvalidDataException($"The option \"{key}\" has the value \"{value}\": {e.Message}", e);
            }
        }

        return options;
    }

    /// <summary>The first option whose text differs, with both texts, or <see langword="null"/>.</summary>
    public static (string Key, string Given, string Stored)? FirstDifference(SparseMlpOptions given, IReadOnlyList<KeyValuePair<string, string>> stored)
    {
        foreach ((string key, string text) in Of(given))
        {
            string other = stored.FirstOrDefault(pair => pair.Key == key).Value ?? Of(new SparseMlpOptions()).First(pair => pair.Key == key).Value;
            if (text != other)
            {
                return (key, text, other);
            }
        }

        return null;
    }

    /// <summary>Throws if the options hold a block that only its author has.</summary>
    public static void ThrowIfForeign(SparseMlpOptions options)
    {
        object?[] parts =
        [
            options.Loss, options.WeightInitializer, options.Optimizer, options.LearningRateSchedule, options.Evolution.Prune, options.Evolution.Grow, options.Evolution.Zeta,
        ];
        if (parts.FirstOrDefault(part => part is IForeignPart) is { } foreign)
        {
            throw IForeignPart.Missing(foreign);
        }
    }

    private static bool IsForeign(string value) => value.StartsWith(Part.Foreign);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double Double(string value) => double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string IntervalText(EvolutionInterval interval) => interval.StepCount switch
    {
        -1 => "Never",
        0 => "EveryEpoch",
        int steps => Part.Text("EverySteps", steps),
    };

    private static EvolutionInterval ParseInterval(string value) => Part.Parse(value) switch
    {
        { Name: "Never", Count: 0 } => EvolutionInterval.Never,
        { Name: "EveryEpoch", Count: 0 } => EvolutionInterval.EveryEpoch,
        { Name: "EverySteps", Count: 1 } part => EvolutionInterval.EverySteps(part.Whole(0)),
        Part part => throw part.Unknown("interval"),
    };

    private static GradientClipping ParseClipping(Part part) => part switch
    {
        { Name: "ByGlobalNorm", Count: 1 } => GradientClipping.ByGlobalNorm(part.Number(0)),
        { Name: "ByValue", Count: 1 } => GradientClipping.ByValue(part.Number(0)),
        _ => throw part.Unknown("gradient clipping"),
    };

    // By name only: Enum.Parse would take any number as well.
    private static T Enumeration<T>(string value)
        where T : struct, Enum =>
        Enum.TryParse(value, out T parsed) && $"{parsed}" == value && Enum.IsDefined(parsed) ? parsed : throw new FormatException($"it is no {typeof(T).Name}");

    private static Entry Enumerated<T>(string key, Func<SparseMlpOptions, T> get, Func<SparseMlpOptions, T, SparseMlpOptions> set)
        where T : struct, Enum => new(key, o => $"{get(o)}", (o, v) => set(o, Enumeration<T>(v)));

    private static Entry Number(string key, Func<SparseMlpOptions, double> get, Func<SparseMlpOptions, double, SparseMlpOptions> set) =>
        new(key, o => Text(get(o)), (o, v) => set(o, Double(v)));

    private static Entry Evolving(string key, Func<TopologyEvolution, string> get, Func<TopologyEvolution, string, TopologyEvolution> set) =>
        new(key, o => get(o.Evolution), (o, v) => o with { Evolution = set(o.Evolution, v) });

    private sealed record Entry(string Key, Func<SparseMlpOptions, string> Get, Func<SparseMlpOptions, string, SparseMlpOptions> Set);
}
