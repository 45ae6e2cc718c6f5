using Microsoft.ML.Data;

namespace SparseTraining.MLNet.Tests;

/// <summary>A handwritten digit of 8 × 8 pixels.</summary>
internal sealed class Digit
{
    [VectorType(64)]
    public float[] Features { get; set; } = [];

    public string Name { get; set; } = "";
}
