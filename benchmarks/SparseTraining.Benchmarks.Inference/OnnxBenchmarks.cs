using BenchmarkDotNet.Attributes;

namespace SparseTraining.Benchmarks.Inference;

/// <summary>
/// What does it cost that ONNX Runtime makes a sparse network dense? The same network by this library and, exported, by ONNX
/// Runtime; each on one thread and into memory that is there already.
/// </summary>
public class OnnxBenchmarks
{
    private Model _model = null!;
    private OnnxModel _exported = null!;

    [Params(Workloads.Small, Workloads.Medium, Workloads.Large)]
    public string Network { get; set; } = Workloads.Small;

    [Params(1, 100)]
    public int Samples { get; set; } = 1;

    [GlobalSetup(Target = nameof(Sparse))]
    public void SetupSparse() => _model = Model.Of(Network, LayerKind.Sparse, Samples);

    [GlobalSetup(Target = nameof(OnnxRuntime))]
    public void SetupOnnxRuntime() => _exported = OnnxModel.Of(Network, Samples);

    [GlobalCleanup(Target = nameof(Sparse))]
    public void CleanupSparse() => _model.Dispose();

    [GlobalCleanup(Target = nameof(OnnxRuntime))]
    public void CleanupOnnxRuntime() => _exported.Dispose();

    [Benchmark(Baseline = true)]
    public float Sparse() => _model.Predict();

    [Benchmark]
    public float OnnxRuntime() => _exported.Predict();
}
