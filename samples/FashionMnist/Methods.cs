using SparseTraining;
using SparseTraining.Activations;
using SparseTraining.Evolution;
using SparseTraining.Initialization;
using SparseTraining.Optimizers;

namespace FashionMnistSample;

/// <summary>The methods to compare: they differ in how layers are stored and in how the topology evolves.</summary>
internal static class Methods
{
    private static readonly Dictionary<string, (LayerKind Layers, TopologyEvolution Evolution)> Table = new()
    {
        ["dense"] = (LayerKind.Dense, TopologyEvolution.None),
        ["fixprob"] = (LayerKind.Sparse, TopologyEvolution.None),
        ["set"] = (LayerKind.Sparse, TopologyEvolution.Set()),
        ["ldv"] = (LayerKind.Sparse, TopologyEvolution.Ldv()),
        ["osv"] = (LayerKind.Sparse, TopologyEvolution.Osv()),
        ["exd"] = (LayerKind.Sparse, TopologyEvolution.Exd()),
        ["rigl"] = (LayerKind.Sparse, TopologyEvolution.RigL()),
        ["masked"] = (LayerKind.MaskedDense, TopologyEvolution.Set()),
        ["masked-rebuilt"] = (LayerKind.MaskedDenseRebuilt, TopologyEvolution.Set()),
    };

    public static IEnumerable<string> Names => Table.Keys;

    public static SparseMlp CreateNetwork(Settings settings, int inputs, int classes)
    {
        (LayerKind layers, TopologyEvolution evolution) = Table[settings.Method];
        return new SparseMlp(inputs, settings.Hidden, classes, new SparseMlpOptions
        {
            Layers = layers,
            Evolution = evolution,
            Epsilon = settings.Epsilon,
            Dropout = settings.Dropout,

            // All-ReLU was made for sparse networks (Curci et al. 2021) and is worth half a point here; the dense twin diverges
            // with it at this learning rate and has ReLU. Weights this small are near He's for the dense twin, and a few links a
            // neuron move them further in the same number of steps.
            HiddenActivation = layers == LayerKind.Dense ? Activations.Relu : Activations.AllRelu(0.6),
            FeatureScaling = FeatureScaling.Standard,
            WeightInitializer = WeightInitializers.Normal(0.05),
            Optimizer = Optimizers.Momentum(settings.LearningRate, settings.Momentum),
            Seed = settings.Seed,
        });
    }
}
