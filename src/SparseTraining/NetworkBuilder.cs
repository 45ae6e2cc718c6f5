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
            Activation activation = isOutput ? OutputActivation(options) : options.HiddenActivation.ForLayer(i + 1);
            WeightInitializer initializer = Initializer(options, activation);
            bool isSparse = i < sparseShapes.Length;
            LinearLayer linear = isSparse
                ? SparseOrMasked(shapes[i], densities[i], options, i)
                : new DenseLinearLayer(shapes[i].Inputs, shapes[i].Outputs);
            linear.Initialize(initializer, RandomGenerator.Named(options.Seed, $"weights/{i}"));
            bool evolves = isSparse && !IsFull(shapes[i], densities[i], options) && (!isOutput || options.OutputLayer == OutputLayerKind.SparseEvolving);
            layers[i] = new NetworkLayer(
                linear, activation, isOutput ? 0f : (float)options.Dropout, initializer, evolves, isSparse && densities[i].IsClamped);
        }

        return new Network(layers, CheckedLoss(options, layers[^1].Activation));
    }

    /// <summary>The activation of the output layer.</summary>
    public static Activation OutputActivation(SparseMlpOptions options) => options.OutputActivation ?? DefaultActivation(options.Task);

    /// <summary>How the links of a layer start.</summary>
    public static WeightInitializer Initializer(SparseMlpOptions options, Activation activation) => options.WeightInitializer
        ?? (activation.IsRectifier ? WeightInitializers.HeUniform() : WeightInitializers.GlorotUniform());

    /// <summary>The loss, which must go with the output activation.</summary>
    public static Loss CheckedLoss(SparseMlpOptions options, Activation outputActivation)
    {
        Loss loss = options.Loss ?? DefaultLoss(options.Task);
        loss.ThrowIfIncompatible(outputActivation);
        return loss;
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

    private static LinearLayer SparseOrMasked(LayerShape shape, LayerDensity density, SparseMlpOptions options, int index)
    {
        if (IsFull(shape, density, options) && options.Layers == LayerKind.Sparse)
        {
            // Every position is a link: nothing to rewire, and the dense kernel does it faster.
            return new DenseLinearLayer(shape.Inputs, shape.Outputs);
        }

        WeightMask mask = ErdosRenyiInitializer.Create(
            shape.Inputs, shape.Outputs, density, options.Sampling, RandomGenerator.Named(options.Seed, $"topology/{index}"));
        return options.Layers == LayerKind.Sparse && !DenseCrossover.IsReached(mask) ? new SparseLinearLayer(mask) : new MaskedLinearLayer(mask);
    }

    private static bool IsFull(LayerShape shape, LayerDensity density, SparseMlpOptions options) =>
        density.LinkCount == (long)shape.Inputs * shape.Outputs && options.Sampling != ErdosRenyiSampling.WithReplacement;
}
