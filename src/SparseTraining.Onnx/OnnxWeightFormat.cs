namespace SparseTraining.Onnx;

/// <summary>How an ONNX file holds the weights of sparse layers. It changes the file, not what is computed.</summary>
public enum OnnxWeightFormat
{
    /// <summary>
    /// Every weight, 4 bytes each, 0 where there is no link: what every ONNX program reads.
    /// </summary>
    Dense = 0,

    /// <summary>
    /// Only the links, 12 bytes each, as <c>sparse_initializer</c>: smaller files below a density of one third. Denser layers
    /// stay dense. ONNX Runtime reads it, and makes dense weights of it when it loads the file; some other programs cannot.
    /// </summary>
    Sparse = 1,
}
