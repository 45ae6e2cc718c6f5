using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace SparseTraining.Onnx.Tests;

/// <summary>An exported model, loaded by ONNX Runtime.</summary>
internal sealed class OnnxRun : IDisposable
{
    private readonly InferenceSession _session;

    public OnnxRun(byte[] file)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        _session = new InferenceSession(file, options);
    }

    public IReadOnlyDictionary<string, NodeMetadata> Inputs => _session.InputMetadata;

    public IReadOnlyDictionary<string, NodeMetadata> Outputs => _session.OutputMetadata;

    public IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    public string Producer => _session.ModelMetadata.ProducerName;

    public static OnnxRun Of(SparseMlp model, OnnxExportOptions? options = null) => new(Bytes(model, options));

    public static byte[] Bytes(SparseMlp model, OnnxExportOptions? options = null)
    {
        using var stream = new MemoryStream();
        model.ExportOnnx(stream, options);
        return stream.ToArray();
    }

    /// <summary>One output for all samples, with its dimensions.</summary>
    public (T[] Values, int[] Shape) Run<T>(string output, IReadOnlyList<float[]> samples)
    {
        string input = Inputs.Keys.Single();
        var tensor = new DenseTensor<float>(samples.SelectMany(sample => sample).ToArray(), [samples.Count, Inputs[input].Dimensions[1]]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = _session.Run([NamedOnnxValue.CreateFromTensor(input, tensor)], [output]);
        Tensor<T> result = results.Single().AsTensor<T>();
        return ([.. result], result.Dimensions.ToArray());
    }

    public void Dispose() => _session.Dispose();
}
