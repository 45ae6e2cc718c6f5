using SparseTraining.Schedules;

namespace SparseTraining.Persistence;

/// <summary>ζ and learning-rate schedules as text; one with a user's part in it is wholly foreign.</summary>
internal static class ScheduleText
{
    public static string Of(IZetaSchedule schedule) => Describe(schedule) ?? Part.Foreign + $"{schedule}";

    public static string Of(ILearningRateSchedule schedule) => Describe(schedule) ?? Part.Foreign + $"{schedule}";

    public static IZetaSchedule ParseZeta(Part part) => (part.Name, part.Count) switch
    {
        ("Constant", 1) => ZetaSchedules.Constant(part.Number(0)),
        ("LinearDecay", 2) => ZetaSchedules.LinearDecay(part.Number(0), part.Number(1)),
        ("Oscillating", 3) => ZetaSchedules.Oscillating(part.Number(0), part.Number(1), part.Whole(2)),
        ("ExponentialDecay", 2) => ZetaSchedules.ExponentialDecay(part.Number(0), part.Number(1)),
        ("CosineDecay", 2) => ZetaSchedules.CosineDecay(part.Number(0), part.Number(1)),
        ("Clamp", 3) => ParseZeta(part.Arguments[0]).Clamp(part.Number(1), part.Number(2)),
        ("Sum", > 0) => ZetaSchedules.Sum([.. part.Arguments.Select(ParseZeta)]),
        ("Product", > 0) => ZetaSchedules.Product([.. part.Arguments.Select(ParseZeta)]),
        ("Piecewise", > 0) => ZetaSchedules.Piecewise([.. part.Arguments.Select(ParseSection)]),
        _ => throw part.Unknown("zeta schedule"),
    };

    public static ILearningRateSchedule ParseRate(Part part) => (part.Name, part.Count) switch
    {
        ("Constant", 0) => LearningRateSchedules.Constant,
        ("Step", 2) => LearningRateSchedules.Step(part.Whole(0), part.Number(1)),
        ("Cosine", 1) => LearningRateSchedules.Cosine(part.Number(0)),
        ("WarmUp", 3) => LearningRateSchedules.WarmUp(part.Number(0), ParseRate(part.Arguments[1]), part.Number(2)),
        ("OneCycle", 3) => LearningRateSchedules.OneCycle(part.Number(0), part.Number(1), part.Number(2)),
        ("LossDriven", 3) => LearningRateSchedules.LossDriven(part.Number(0), part.Number(1), part.Number(2)),
        _ => throw part.Unknown("learning-rate schedule"),
    };

    private static string? Describe(IZetaSchedule schedule) => schedule switch
    {
        ConstantZeta s => Part.Text("Constant", s.Zeta),
        LinearDecayZeta s => Part.Text("LinearDecay", s.Max, s.Min),
        OscillatingZeta s => Part.Text("Oscillating", s.Max, s.Min, s.K),
        ExponentialDecayZeta s => Part.Text("ExponentialDecay", s.Initial, s.Interest),
        CosineDecayZeta s => Part.Text("CosineDecay", s.Max, s.Min),
        ClampZeta s => Join("Clamp", [Describe(s.Schedule), Number(s.Min), Number(s.Max)]),
        SumZeta s => Join("Sum", s.Terms.Select(Describe)),
        ProductZeta s => Join("Product", s.Factors.Select(Describe)),
        PiecewiseZeta s => Join("Piecewise", s.Sections.Select(section =>
            Join(section.IsFraction ? "FromFraction" : "FromIndex", [Number(section.Start), Describe(section.Schedule)]))),
        _ => null,
    };

    private static string? Describe(ILearningRateSchedule schedule) => schedule switch
    {
        ConstantRate => Part.Text("Constant"),
        StepRate s => Part.Text("Step", s.EveryEpochs, s.Factor),
        CosineRate s => Part.Text("Cosine", s.MinScale),
        WarmUpRate s => Join("WarmUp", [Number(s.Epochs), Describe(s.Then), Number(s.StartScale)]),
        OneCycleRate s => Part.Text("OneCycle", s.PeakFraction, s.StartScale, s.EndScale),
        LossDrivenRate s => Part.Text("LossDriven", s.Increase, s.Decrease, s.Tolerance),
        _ => null,
    };

    private static string Number(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private static string? Join(string name, IEnumerable<string?> arguments)
    {
        string?[] texts = [.. arguments];
        return texts.Contains(null) ? null : Part.Text(name, texts!);
    }

    private static ZetaSection ParseSection(Part part) => (part.Name, part.Count) switch
    {
        ("FromIndex", 2) => ZetaSection.FromIndex(part.Whole(0), ParseZeta(part.Arguments[1])),
        ("FromFraction", 2) => ZetaSection.FromFraction(part.Number(0), ParseZeta(part.Arguments[1])),
        _ => throw part.Unknown("section of a zeta schedule"),
    };
}
