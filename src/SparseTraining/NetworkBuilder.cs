using SparseTraining.Activations;
using SparseTraining.Initialization;
using SparseTraining.Layers;
using SparseTraining.Losses;
using SparseTraining.Randomness;
using SparseTraining.Topology;
using SparseTraining.Training;

namespace SparseTraining;

/// <summary>Turns sizes and options into a network with its first links and weights.</summary>
internal static class NetworkBuilder
{
    public static Network Build(int inputs, ReadOnlySpan<int> hidden, int outputs, SparseMlpOptions options)
    {
        var shapes = new LayerShape[hidden.Length + 1];
        for (int i = 0; i < shapes.Length; i++)
        {
            shapes[i] = new LayerShape(i == 0 ? inputs : hidden[i - 1], i == hidden.Length ? outputs : hidden[i]);
        }

        bool denseOutput = options.OutputLayer == OutputLayerKind.Dense;
        LayerShape[] sparseShapes = options.Layers == LayerKind.Dense ? [] : denseOutput ? shapes[..^1] : shapes;
        IReadOnlyList<LayerDensity> densities = sparseShapes.Length == 0
            ? []
            : (options.Density ?? DensityAllocation.Epsilon(options.Epsilon)).Allocate(sparseShapes);
        var layers = new NetworkLayer[shapes.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            bool isOutput = i == layers.Length - 1;
            Activation activation = isOutput
                ? options.OutputActivation ?? DefaultActivation(options.Task)
                : options.HiddenActivation.ForLayer(i + 1);
            WeightInitializer initializer = options.WeightInitializer
                ?? (activation.IsRectifier ? WeightInitializers.HeUniform() : WeightInitializers.GlorotUniform());
            bool isSparse = i < sparseShapes.Length;
            LinearLayer linear = isSparse
                ? SparseOrMasked(shapes[i], densities[i], initializer, options, i)
                : Dense(shapes[i], initializer, options.Seed, i);
            bool evolves = isSparse && (!isOutput || options.OutputLayer == OutputLayerKind.SparseEvolving);
            layers[i] = new NetworkLayer(
                linear, activation, isOutput ? 0f : (float)options.Dropout, initializer, evolves, isSparse && densities[i].IsClamped);
        }

        Loss loss = options.Loss ?? DefaultLoss(options.Task);
        loss.ThrowIfIncompatible(layers[^1].Activation);
        return new Network(layers, loss);
    }

    private static Activation DefaultActivation(MlpTask task) => task switch
    {
        MlpTask.MulticlassClassification => Activations.Activations.Softmax,
        MlpTask.Regression => Activations.Activations.Identity,
        _ => Activations.Activations.Sigmoid(),
    };

    private static Loss DefaultLoss(MlpTask task) => task switch
    {
        MlpTask.MulticlassClassification => Losses.Losses.CategoricalCrossEntropy(),
        MlpTask.Regression => Losses.Losses.MeanSquaredError(),
        _ => Losses.Losses.BinaryCrossEntropy(),
    };

    private static LinearLayer SparseOrMasked(
        LayerShape shape, LayerDensity density, WeightInitializer initializer, SparseMlpOptions options, int index)
    {
        bool masked = options.Layers != LayerKind.Sparse;
        bool full = density.LinkCount == (long)shape.Inputs * shape.Outputs && options.Sampling != ErdosRenyiSampling.WithReplacement;
        if (!masked && full)
        {
            // Every position is a link: nothing to rewire, and the dense kernel does it faster.
            return Dense(shape, initializer, options.Seed, index);
        }

        WeightMask mask = ErdosRenyiInitializer.Create(
            shape.Inputs, shape.Outputs, density, options.Sampling, RandomGenerator.Named(options.Seed, $"topology/{index}"));
        var values = new float[mask.LinkCount];
        LinkInitialization.Fill(mask, initializer, WeightStream(options.Seed, index), values);
        LinearLayer layer = masked ? new MaskedLinearLayer(mask) : new SparseLinearLayer(mask);
        ((IRewirable)layer).SetLinkValues(values);
        return layer;
    }

    private static DenseLinearLayer Dense(LayerShape shape, WeightInitializer initializer, ulong seed, int index)
    {
        var layer = new DenseLinearLayer(shape.Inputs, shape.Outputs);
        LinkInitialization.FillDense(shape.Inputs, shape.Outputs, initializer, WeightStream(seed, index), layer.WeightValues);
        return layer;
    }

    private static RandomGenerator WeightStream(ulong seed, int index) => RandomGenerator.Named(seed, $"weights/{index}");
}
