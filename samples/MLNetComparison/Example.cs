using Microsoft.ML.Data;

namespace MLNetComparison;

/// <summary>One row, with the label in each form that a task may want.</summary>
internal sealed class Example
{
    [VectorType]
    public float[] Features { get; set; } = [];

    public string Name { get; set; } = "";

    public bool Answer { get; set; }

    public float Value { get; set; }
}
