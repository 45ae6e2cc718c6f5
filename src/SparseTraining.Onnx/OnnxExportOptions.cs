namespace SparseTraining.Onnx;

/// <summary>How a model is written as ONNX. Immutable; make variants with <c>with</c>.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>How the weights of sparse layers are held. Dense by default, which every program reads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public OnnxWeightFormat Weights
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Weights), value, "Weights must be Dense or Sparse.");
    }

    /// <summary>The name of the graph's input, float [batch, features]. <c>features</c> by default.</summary>
    /// <exception cref="ArgumentException">The name is null or empty.</exception>
    public string InputName
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value, nameof(InputName));
            field = value;
        }
    } = "features";

    /// <summary>
    /// Whether <c>label</c> is the name of the class (a string) where a model for one class of several has
    /// <see cref="SparseMlp.ClassNames"/>; otherwise, and with <see langword="false"/>, it is the number of the class, from 0.
    /// The names are in the file's metadata in any case. True by default.
    /// </summary>
    public bool UseClassNames { get; init; } = true;
}
