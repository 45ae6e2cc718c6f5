using SparseTraining.Activations;
using SparseTraining.Initialization;
using SparseTraining.Layers;
using SparseTraining.Optimizers;

namespace SparseTraining.Training;

/// <summary>A linear layer with what follows it: activation and dropout, and how its grown links start.</summary>
internal sealed class NetworkLayer(LinearLayer linear, Activation activation, float dropoutRate, WeightInitializer initializer, bool evolves, bool isClamped)
{
    public LinearLayer Linear { get; set; } = linear;

    public Activation Activation { get; } = activation;

    /// <summary>Per-neuron parameters of the activation, [neurons, parameters]; empty for most.</summary>
    public ParameterArray ActivationParameters { get; } = Initialized(linear.OutputSize, activation);

    /// <summary>The probability that an activation is zeroed while training.</summary>
    public float DropoutRate { get; } = dropoutRate;

    public WeightInitializer Initializer { get; } = initializer;

    /// <summary>Whether topology evolution rewires this layer.</summary>
    public bool Evolves { get; } = evolves;

    /// <summary>Whether more links were asked for than there are positions.</summary>
    public bool IsClamped { get; } = isClamped;

    public int ParameterCount => Linear.LinkCount + Linear.OutputSize + ActivationParameters.Values.Length;

    /// <summary>Values that are trained: weights as they are stored, biases and the activation's parameters.</summary>
    public int ParameterLength => Linear.WeightValues.Length + Linear.OutputSize + ActivationParameters.Values.Length;

    public long TrainingStateBytes => Linear.TrainingStateBytes + ActivationParameters.Bytes;

    /// <summary>The same with the state that an optimizer keeps, whether there is room for it yet or not.</summary>
    public long TrainingStateBytesWith(Optimizer optimizer) =>
        TrainingStateBytes + new[] { Linear.Weights, Linear.Biases, ActivationParameters }.Sum(array => array.BytesWith(optimizer) - array.Bytes);

    private static ParameterArray Initialized(int neurons, Activation activation)
    {
        var parameters = new ParameterArray(neurons * activation.ParametersPerNeuron);
        activation.InitializeParameters(parameters.Values);
        return parameters;
    }
}
