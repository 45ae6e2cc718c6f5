namespace SparseTraining.Evolution;

/// <summary>
/// The gradient of the loss with respect to every position of a layer, links or not, computed a row at a time so that no
/// array of size inputs · outputs exists.
/// </summary>
public interface IDenseGradient
{
    /// <summary>Computes one row.</summary>
    /// <param name="row">The output neuron.</param>
    /// <param name="destination">One value an input neuron, summed over the samples of the last mini-batch.</param>
    void ComputeRow(int row, Span<float> destination);
}
