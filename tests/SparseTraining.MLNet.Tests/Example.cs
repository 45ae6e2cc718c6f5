using Microsoft.ML.Data;

namespace SparseTraining.MLNet.Tests;

/// <summary>A row of four features, with a label for each task.</summary>
internal sealed class Example
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];

    public string Name { get; set; } = "";

    public bool Label { get; set; }

    public float Value { get; set; }

    public float Weight { get; set; } = 1;
}
