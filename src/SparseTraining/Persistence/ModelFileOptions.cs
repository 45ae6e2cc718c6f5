namespace SparseTraining.Persistence;

/// <summary>How a model is written to a file.</summary>
public sealed record ModelFileOptions
{
    /// <summary>How exactly weights are kept. 32 bits by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public WeightPrecision Precision
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Precision), value, "The precision must be Float32, Float16 or BFloat16.");
    }
}
