using System.Runtime.InteropServices;
using Google.Protobuf;
using SparseTraining.Activations;
using static SparseTraining.Activations.Activations;

namespace SparseTraining.Onnx.Tests;

/// <summary>Reads the files as plain protobuf: what they claim to need is what docs/onnx.md says.</summary>
public class StandardTests
{
    // Operators of the default domain at opset 13.
    private static readonly string[] Standard =
        ["Add", "ArgMax", "Cast", "Concat", "Div", "Elu", "Erf", "Gather", "Gemm", "Greater", "LeakyRelu", "Less", "Mul", "Relu", "Sigmoid", "Softmax", "Sub", "Tanh", "Where"];

    [Fact]
    public void Opset_and_version_are_those_of_ONNX_1_8()
    {
        List<(int Field, object Value)> model = Read(OnnxRun.Bytes(Models.Trained([5], 3, new())));
        Assert.Equal(7UL, model.Single(field => field.Field == 1).Value);
        List<(int Field, object Value)> opset = Read((byte[])model.Single(field => field.Field == 8).Value);
        Assert.Equal(13UL, opset.Single(field => field.Field == 2).Value);
        Assert.Equal("", Text(opset, 1));
    }

    [Fact]
    public void Every_node_is_a_standard_operator()
    {
        foreach (Activation activation in new[] { Relu, LeakyRelu(), AllRelu(), SRelu(), Elu(), Gelu, Swish(2), Sigmoid(2), Tanh, Identity, Softmax })
        {
            SparseMlp model = Models.Trained([5, 4], 3, new() { HiddenActivation = activation, FeatureScaling = FeatureScaling.Standard });
            model.ClassNames = ["a", "b", "c"];
            List<(int Field, object Value)> graph = Read((byte[])Read(OnnxRun.Bytes(model)).Single(field => field.Field == 7).Value);
            foreach ((_, object node) in graph.Where(field => field.Field == 1))
            {
                List<(int Field, object Value)> fields = Read((byte[])node);
                Assert.Contains(Text(fields, 4), Standard);
                Assert.DoesNotContain(fields, field => field.Field == 7);
            }
        }
    }

    [Fact]
    public void Trained_SRelu_parameters_are_exported_not_the_first_ones()
    {
        SparseMlp model = Models.Trained([30, 30], 3, new() { HiddenActivation = SRelu(-0.5, 0.1, 0.4, 1.5) });
        List<(int Field, object Value)> graph = Read((byte[])Read(OnnxRun.Bytes(model)).Single(field => field.Field == 7).Value);
        foreach ((string name, float first) in new[] { ("left_threshold", -0.5f), ("left_slope", 0.1f), ("right_threshold", 0.4f), ("right_slope", 1.5f) })
        {
            byte[] constant = graph.Where(field => field.Field == 5).Select(field => (byte[])field.Value).Single(tensor => Text(Read(tensor), 8) == $"layer2.{name}");
            float[] values = MemoryMarshal.Cast<byte, float>((byte[])Read(constant).Single(field => field.Field == 9).Value).ToArray();
            Assert.Equal(30, values.Length);
            Assert.Contains(values, value => Math.Abs(value - first) > 1e-4);
        }
    }

    private static string Text(List<(int Field, object Value)> message, int field) =>
        System.Text.Encoding.UTF8.GetString((byte[])message.Single(f => f.Field == field).Value);

    private static List<(int Field, object Value)> Read(byte[] message)
    {
        var fields = new List<(int Field, object Value)>();
        var input = new CodedInputStream(message);
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            fields.Add((WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadUInt64(),
                WireFormat.WireType.Fixed32 => input.ReadFloat(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                _ => throw new InvalidDataException(),
            }));
        }

        return fields;
    }
}
