namespace SparseTraining.Persistence;

/// <summary>How exactly a model file keeps weights. Biases and everything else are always kept as they are.</summary>
public enum WeightPrecision
{
    /// <summary>As trained: 32 bits, so that predictions stay the same to the bit.</summary>
    Float32,

    /// <summary>16 bits, 11 of them significant (IEEE binary16): within 0.05 % of each weight of at least 0.00006; none may be above 65,504.</summary>
    Float16,

    /// <summary>16 bits, 8 of them significant (bfloat16): within 0.4 % of each weight, in the whole range of 32 bits.</summary>
    BFloat16,
}
