using Microsoft.ML.OnnxRuntime;
using SparseTraining.Onnx;

namespace SparseTraining.Benchmarks.Inference;

/// <summary>A model that ONNX Runtime has loaded, on one thread, with samples to predict.</summary>
internal sealed class OnnxModel : IDisposable
{
    private static readonly string[] Inputs = ["features"];
    private static readonly string[] Outputs = ["probabilities"];

    private readonly RunOptions _run = new();
    private readonly InferenceSession _session;
    private readonly float[] _probabilities;
    private readonly OrtValue _input;
    private readonly OrtValue _output;

    private OnnxModel(string network, int samples)
    {
        (int inputs, _, int outputs) = Workloads.Shape(network);
        SparseMlp model = Workloads.Network(network, LayerKind.Sparse);
        model.Fit(Workloads.Data(network, 1), new FitOptions { Epochs = 1 });
        using var file = new MemoryStream();
        model.ExportOnnx(file, new OnnxExportOptions { Weights = OnnxWeightFormat.Sparse });
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        _session = new InferenceSession(file.ToArray(), options);
        _probabilities = new float[samples * outputs];
        _input = OrtValue.CreateTensorValueFromMemory(Workloads.Numbers(samples * inputs, 0f), [samples, inputs]);
        _output = OrtValue.CreateTensorValueFromMemory(_probabilities, [samples, outputs]);
    }

    public static OnnxModel Of(string network, int samples) => new(network, samples);

    /// <summary>Predicts into memory that is there already.</summary>
    public float Predict()
    {
        _session.Run(_run, Inputs, [_input], Outputs, [_output]);
        return _probabilities[0];
    }

    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
        _session.Dispose();
        _run.Dispose();
    }
}
