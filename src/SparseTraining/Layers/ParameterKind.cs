namespace SparseTraining.Layers;

/// <summary>What a layer trains.</summary>
internal enum ParameterKind
{
    Weights,
    Biases,

    /// <summary>The trained parameters of the layer's activation.</summary>
    Activation,
}
