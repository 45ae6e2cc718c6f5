using SparseTraining.Evolution;
using SparseTraining.Initialization;
using SparseTraining.Losses;
using SparseTraining.Optimizers;

namespace SparseTraining.Persistence;

/// <summary>Optimizers, losses, criteria, initializers and allocations as text, and back.</summary>
internal static class PartText
{
    // The names of optimizers and losses of this library hold all their constants already.
    public static string Of(Optimizer optimizer) => Own(optimizer) ? optimizer.Name : Part.Foreign + optimizer.Name;

    public static string Of(Loss loss) => Own(loss) ? loss.Name : Part.Foreign + loss.Name;

    public static string Of(IPruneCriterion criterion) => criterion switch
    {
        SignedMagnitudePruning => "SignedMagnitude",
        MagnitudePruning => "Magnitude",
        PublishedThresholdPruning => "PublishedThreshold",
        _ => Part.Foreign + $"{criterion}",
    };

    public static string Of(IGrowCriterion criterion) => criterion switch
    {
        UniformRandomGrowth => "UniformRandom",
        LargestGradientGrowth => "LargestGradient",
        _ => Part.Foreign + $"{criterion}",
    };

    public static string Of(WeightInitializer initializer) => initializer switch
    {
        ZeroInitializer => "Zero",
        FanInitializer i => Part.Text($"{(i.WithFanOut ? "Glorot" : "He")}{(i.Shape == DrawShape.Normal ? "Normal" : "Uniform")}", i.Dense ? 1 : 0),
        FixedInitializer i => Part.Text(i.Shape == DrawShape.Normal ? "Normal" : "Uniform", i.Scale),
        _ => Part.Foreign + $"{initializer}",
    };

    public static string Of(DensityAllocation allocation) => allocation switch
    {
        EpsilonAllocation a => Part.Text("Epsilon", a.LinksPerNeuron),
        UniformAllocation a => Part.Text("Uniform", a.Density),
        PerLayerAllocation a => Part.Text("PerLayer", a.Densities),
        ErdosRenyiKernelAllocation a => Part.Text("ErdosRenyiKernel", a.NetworkDensity),
        _ => throw new InvalidOperationException($"The allocation {allocation} has no text."),
    };

    public static Optimizer ParseOptimizer(Part part) => (part.Name, part.Count) switch
    {
        ("Sgd", 1) => Optimizers.Optimizers.Sgd(part.Number(0)),
        ("Momentum", 2) => Optimizers.Optimizers.Momentum(part.Number(0), part.Number(1)),
        ("Nesterov", 2) => Optimizers.Optimizers.Nesterov(part.Number(0), part.Number(1)),
        ("RmsProp", 3) => Optimizers.Optimizers.RmsProp(part.Number(0), part.Number(1), part.Number(2)),
        ("Adam", 4) => Optimizers.Optimizers.Adam(part.Number(0), part.Number(1), part.Number(2), part.Number(3)),
        ("AdamW", 5) => Optimizers.Optimizers.AdamW(part.Number(0), part.Number(1), part.Number(2), part.Number(3), part.Number(4)),
        _ => throw part.Unknown("optimizer"),
    };

    public static Loss ParseLoss(Part part) => (part.Name, part.Count) switch
    {
        ("CategoricalCrossEntropy", 1) => Losses.Losses.CategoricalCrossEntropy(part.Number(0)),
        ("BinaryCrossEntropy", 0) => Losses.Losses.BinaryCrossEntropy(),
        ("MeanSquaredError", 0) => Losses.Losses.MeanSquaredError(),
        ("Huber", 1) => Losses.Losses.Huber(part.Number(0)),
        _ => throw part.Unknown("loss"),
    };

    public static IPruneCriterion ParsePrune(Part part) => (part.Name, part.Count) switch
    {
        ("SignedMagnitude", 0) => PruneCriteria.SignedMagnitude,
        ("Magnitude", 0) => PruneCriteria.Magnitude,
        ("PublishedThreshold", 0) => PruneCriteria.PublishedThreshold,
        _ => throw part.Unknown("prune criterion"),
    };

    public static IGrowCriterion ParseGrow(Part part) => (part.Name, part.Count) switch
    {
        ("UniformRandom", 0) => GrowCriteria.UniformRandom,
        ("LargestGradient", 0) => GrowCriteria.LargestGradient,
        _ => throw part.Unknown("grow criterion"),
    };

    public static WeightInitializer ParseInitializer(Part part) => (part.Name, part.Count) switch
    {
        ("Zero", 0) => WeightInitializers.Zero,
        ("HeUniform", 1) => WeightInitializers.HeUniform(part.Whole(0) == 1),
        ("HeNormal", 1) => WeightInitializers.HeNormal(part.Whole(0) == 1),
        ("GlorotUniform", 1) => WeightInitializers.GlorotUniform(part.Whole(0) == 1),
        ("GlorotNormal", 1) => WeightInitializers.GlorotNormal(part.Whole(0) == 1),
        ("Normal", 1) => WeightInitializers.Normal(part.Number(0)),
        ("Uniform", 1) => WeightInitializers.Uniform(part.Number(0)),
        _ => throw part.Unknown("weight initializer"),
    };

    public static DensityAllocation ParseDensity(Part part) => (part.Name, part.Count) switch
    {
        ("Epsilon", 1) => DensityAllocation.Epsilon(part.Number(0)),
        ("Uniform", 1) => DensityAllocation.Uniform(part.Number(0)),
        ("PerLayer", > 0) => DensityAllocation.PerLayer([.. part.Arguments.Select((_, i) => part.Number(i))]),
        ("ErdosRenyiKernel", 1) => DensityAllocation.ErdosRenyiKernel(part.Number(0)),
        _ => throw part.Unknown("density allocation"),
    };

    private static bool Own(object part) => part is not IForeignPart && part.GetType().Assembly == typeof(PartText).Assembly;
}
