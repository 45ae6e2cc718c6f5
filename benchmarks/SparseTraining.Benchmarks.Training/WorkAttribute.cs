namespace SparseTraining.Benchmarks.Training;

/// <summary>
/// What a benchmark does for one sample, or in all where its class has no batch size: the tables' rates come from it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WorkAttribute : Attribute
{
    /// <summary>Floating-point operations: 2 for each multiply-add that the result needs, padding not counted.</summary>
    public double Operations { get; init; }

    /// <summary>Values that are written, for kernels that compute little.</summary>
    public double Values { get; init; }
}
