using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Initialization;
using SparseTraining.Optimizers;
using SparseTraining.Randomness;
using SparseTraining.Schedules;
using SparseTraining.Training;
using KnownActivations = SparseTraining.Activations.Activations;
using KnownLosses = SparseTraining.Losses.Losses;
using KnownOptimizers = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests.Persistence;

/// <summary>Models that together hold every kind of layer, task and building block, trained for a moment.</summary>
internal static class SmallModels
{
    public const int Inputs = 12;

    public static readonly Dictionary<string, Func<SparseMlp>> All = new()
    {
        ["default"] = () => Trained(new() { Epsilon = 3 }, [9, 7], 4),
        ["linear"] = () => Trained(new() { Epsilon = 2, OutputLayer = OutputLayerKind.Sparse }, [], 3),
        ["dense"] = () => Trained(new() { Layers = LayerKind.Dense, HiddenActivation = KnownActivations.Gelu, Optimizer = KnownOptimizers.Sgd(0.1) }, [8], 3),
        ["masked"] = () => Trained(new() { Layers = LayerKind.MaskedDense, Epsilon = 2, HiddenActivation = KnownActivations.LeakyRelu(0.03) }, [9, 5], 2),
        ["rebuilt"] = () => Trained(new() { Layers = LayerKind.MaskedDenseRebuilt, Epsilon = 2, OutputLayer = OutputLayerKind.SparseEvolving }, [9], 4),
        ["all-relu"] = () => Trained(
            new()
            {
                Density = DensityAllocation.PerLayer(0.5, 0.25, 0.4),
                HiddenActivation = KnownActivations.AllRelu(0.3),
                FeatureScaling = FeatureScaling.Standard,
                Evolution = TopologyEvolution.Ldv(),
                Optimizer = KnownOptimizers.AdamW(),
                LearningRateSchedule = LearningRateSchedules.WarmUp(2, LearningRateSchedules.Cosine(0.1)),
                Regularization = new() { L1 = 1e-5, L2 = 1e-4, DecoupledDecay = 0.0002, IncludeBias = true },
                GradientClipping = GradientClipping.ByGlobalNorm(2),
                Dropout = 0.2,
            },
            [10, 9, 8],
            4),
        ["srelu"] = () => Trained(
            new()
            {
                Density = DensityAllocation.ErdosRenyiKernel(0.4),
                HiddenActivation = KnownActivations.SRelu(0.1, 0.2, 0.9, 1.1),
                FeatureScaling = FeatureScaling.MinMax,
                Evolution = TopologyEvolution.RigL(3),
                Optimizer = KnownOptimizers.Adam(),
                WeightInitializer = WeightInitializers.GlorotNormal(denseFanIn: true),
            },
            [10, 10],
            2),
        ["binary"] = () => Trained(
            new()
            {
                Task = MlpTask.BinaryClassification,
                HiddenActivation = KnownActivations.Elu(0.7),
                Density = DensityAllocation.Uniform(0.3),
                Sampling = ErdosRenyiSampling.WithReplacement,
                Evolution = TopologyEvolution.Set(ZetaSchedules.Sum(ZetaSchedules.Oscillating(), ZetaSchedules.Constant(0.1)).Clamp(0.05, 0.4)),
                Optimizer = KnownOptimizers.RmsProp(),
                WeightInitializer = WeightInitializers.Normal(),
            },
            [6],
            1),
        ["multi-label"] = () => Trained(
            new()
            {
                Task = MlpTask.MultiLabelClassification,
                HiddenActivation = KnownActivations.Swish(1.5),
                Epsilon = 2.5,
                Evolution = TopologyEvolution.Exd() with { LastEpoch = LastEpochRewire.PruneOnly, AllowsRegrowth = false },
                Optimizer = KnownOptimizers.Nesterov(),
                LearningRateSchedule = LearningRateSchedules.LossDriven(),
            },
            [7],
            3),
        ["regression"] = () => Trained(
            new()
            {
                Task = MlpTask.Regression,
                HiddenActivation = KnownActivations.Tanh,
                OutputActivation = KnownActivations.AllRelu(0.5).ForLayer(2),
                Loss = KnownLosses.Huber(0.8),
                Epsilon = 1.5,
                Evolution = TopologyEvolution.None,
                LearningRateSchedule = LearningRateSchedules.OneCycle(),
                Seed = ulong.MaxValue,
            },
            [7, 6],
            2),
        ["piecewise"] = () => Trained(
            new()
            {
                Epsilon = 2,
                HiddenActivation = KnownActivations.Sigmoid(2),
                Loss = KnownLosses.CategoricalCrossEntropy(0.1),
                Evolution = new()
                {
                    Prune = PruneCriteria.PublishedThreshold,
                    Zeta = ZetaSchedules.Piecewise(
                        ZetaSection.FromIndex(0, ZetaSchedules.CosineDecay()),
                        ZetaSection.FromFraction(0.5, ZetaSchedules.Product(ZetaSchedules.LinearDecay(), ZetaSchedules.Constant(0.5)))),
                    GrownWeights = GrownWeights.Zero,
                    StopFraction = 0.9,
                },
                LearningRateSchedule = LearningRateSchedules.Step(2, 0.5),
                GradientClipping = GradientClipping.ByValue(0.5),
                WeightInitializer = WeightInitializers.Uniform(0.2),
            },
            [9, 6],
            3),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static Dataset Data(MlpTask task, int outputs, int samples = 60)
    {
        (float[][] x, int[] labels) = Blobs.Rows(samples, Inputs, Math.Max(2, outputs));
        return task switch
        {
            MlpTask.MulticlassClassification or MlpTask.BinaryClassification => Dataset.FromLabels(x, labels),
            MlpTask.MultiLabelClassification => Dataset.FromValues(x, [.. labels.Select(l => Enumerable.Range(0, outputs).Select(o => (l + o) % 2 == 0 ? 1f : 0f).ToArray())]),
            _ => Dataset.FromValues(x, [.. x.Select(row => row[..outputs])]),
        };
    }

    /// <summary>Samples that no training has seen, row after row.</summary>
    public static float[] Samples(int count, int inputs = Inputs, ulong seed = 5)
    {
        var random = new RandomGenerator(seed);
        var samples = new float[count * inputs];
        foreach (ref float value in samples.AsSpan())
        {
            value = (random.NextSingle() * 4) - 2;
        }

        return samples;
    }

    public static float[] Predictions(SparseMlp model, int samples = 9)
    {
        var outputs = new float[samples * model.OutputSize];
        model.Predict(Samples(samples, model.InputSize), outputs);
        return outputs;
    }

    public static byte[] Bytes(SparseMlp model, SparseTraining.Persistence.ModelFileOptions? options = null)
    {
        using var stream = new MemoryStream();
        model.Save(stream, options);
        return stream.ToArray();
    }

    private static SparseMlp Trained(SparseMlpOptions options, int[] hidden, int outputs)
    {
        var model = new SparseMlp(Inputs, hidden, outputs, options);
        model.Fit(Data(options.Task, outputs), new FitOptions { Epochs = 3, BatchSize = 16, MaxDegreeOfParallelism = 1 });
        return model;
    }
}
