using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SparseTraining.Data;
using SparseTraining.Onnx.Proto;
using SparseTraining.Training;

namespace SparseTraining.Onnx.Graph;

/// <summary>A whole model (ModelProto): scaler, layers, outputs and metadata.</summary>
internal static class ModelGraph
{
    /// <summary>Of ONNX 1.8 (2020): the lowest whose operators all take what is needed, so that old programs read the files too.</summary>
    public const int Opset = 13;

    /// <summary>The version of the file format that goes with <see cref="Opset"/>; sparse constants exist since 6.</summary>
    public const int IrVersion = 7;

    public static ProtoMessage Build(SparseMlpPredictor model, OnnxExportOptions options)
    {
        ThrowIfNotFinite(model);
        var graph = new GraphBuilder();
        graph.Input(options.InputName, model.InputSize);
        string value = AddScaler(graph, model.Scaler, options.InputName);
        for (int i = 0; i < model.Layers.Count; i++)
        {
            bool isLast = i == model.Layers.Count - 1;
            string prefix = string.Create(CultureInfo.InvariantCulture, $"layer{i + 1}");
            value = AddLayer(graph, model.Layers[i], prefix, value, isLast ? OutputNodes.LastLayerOutput(model.Task) : prefix + ".output", options.Weights);
        }

        OutputNodes.Add(graph, model, options.UseClassNames);
        Version version = typeof(ModelGraph).Assembly.GetName().Version!;
        ProtoMessage message = new ProtoMessage()
            .Add(1, (long)IrVersion)
            .Add(2, "SparseTraining")
            .Add(3, version.ToString(3))
            .Add(8, new ProtoMessage().Add(1, "").Add(2, (long)Opset))
            .Add(7, graph.Build("sparse_mlp"))
            .Add(14, Metadata("task", model.Task.ToString()))
            .Add(14, Metadata("links", model.LinkCount.ToString(CultureInfo.InvariantCulture)));
        return model.ClassNames.Count == 0 ? message : message.Add(14, Metadata("class_names", Json(model.ClassNames)));
    }

    private static string AddScaler(GraphBuilder graph, FeatureScaler? scaler, string input)
    {
        if (scaler is null)
        {
            return input;
        }

        string centred = graph.Node("Sub", "centred", [input, graph.Constant("scaler.offsets", scaler.Offsets.ToArray())]);
        return graph.Node("Mul", "scaled", [centred, graph.Constant("scaler.scales", scaler.Scales.ToArray())]);
    }

    private static string AddLayer(GraphBuilder graph, NetworkLayer layer, string prefix, string input, string output, OnnxWeightFormat format)
    {
        string weights = WeightTensor.Add(graph, prefix + ".weight", layer.Linear, format);
        string bias = graph.Constant(prefix + ".bias", layer.Linear.BiasValues.ToArray());
        bool none = ActivationNodes.IsNone(layer.Activation);
        string sums = graph.Node("Gemm", none ? output : prefix + ".sums", [input, weights, bias], ("transB", 1L));
        if (!none)
        {
            ActivationNodes.Add(graph, layer, prefix, sums, output);
        }

        return output;
    }

    private static ProtoMessage Metadata(string key, string value) => new ProtoMessage().Add(1, key).Add(2, value);

    private static string Json(IReadOnlyList<string> names)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (string name in names)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void ThrowIfNotFinite(SparseMlpPredictor model)
    {
        for (int i = 0; i < model.Layers.Count; i++)
        {
            NetworkLayer layer = model.Layers[i];
            if (HoldsOther(layer.Linear.WeightValues) || HoldsOther(layer.Linear.BiasValues) || HoldsOther(layer.ActivationParameters.Values))
            {
                throw new InvalidOperationException($"Layer {i + 1} holds NaN or infinity, so the model cannot be exported.");
            }
        }

        static bool HoldsOther(ReadOnlySpan<float> values) => values.ContainsAnyExceptInRange(float.MinValue, float.MaxValue);
    }
}
