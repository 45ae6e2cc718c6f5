using SparseTraining.Onnx.Proto;

namespace SparseTraining.Onnx.Graph;

/// <summary>Constant tensors (TensorProto, SparseTensorProto) and the declarations of inputs and outputs (ValueInfoProto).</summary>
/// <remarks>Numbers of fields and types: onnx.proto of the ONNX project, IR version 7.</remarks>
internal static class Tensors
{
    /// <summary>The dimension that may have any length.</summary>
    public const string BatchDimension = "batch";

    public static ProtoMessage Floats(string name, ReadOnlyMemory<float> values, params ReadOnlySpan<long> shape) =>
        Floats(name, values.Length, stream => LittleEndian.Write(stream, values.Span), shape);

    public static ProtoMessage Floats(string name, long count, Action<Stream> write, params ReadOnlySpan<long> shape) =>
        Head(name, ElementType.Float, shape).Add(9, count * sizeof(float), write);

    public static ProtoMessage Strings(string name, IReadOnlyList<string> values)
    {
        ProtoMessage tensor = Head(name, ElementType.String, [values.Count]);
        foreach (string value in values)
        {
            tensor.Add(6, value);
        }

        return tensor;
    }

    /// <summary>A matrix by its links: their values, and where they are as row · columns + column, ascending.</summary>
    public static ProtoMessage Sparse(string name, long count, Action<Stream> writeValues, Action<Stream> writeIndices, params ReadOnlySpan<long> shape)
    {
        ProtoMessage indices = Head("", ElementType.Int64, [count]).Add(9, count * sizeof(long), writeIndices);
        ProtoMessage sparse = new ProtoMessage().Add(1, Floats(name, count, writeValues, [count])).Add(2, indices);
        AddDimensions(sparse, 3, shape);
        return sparse;
    }

    /// <summary>Declares [batch] or [batch, columns].</summary>
    public static ProtoMessage Declaration(string name, ElementType type, int? columns)
    {
        ProtoMessage shape = new ProtoMessage().Add(1, new ProtoMessage().Add(2, BatchDimension));
        if (columns is int count)
        {
            shape.Add(1, new ProtoMessage().Add(1, (long)count));
        }

        ProtoMessage tensor = new ProtoMessage().Add(1, (long)type).Add(2, shape);
        return new ProtoMessage().Add(1, name).Add(2, new ProtoMessage().Add(1, tensor));
    }

    private static ProtoMessage Head(string name, ElementType type, ReadOnlySpan<long> shape)
    {
        var tensor = new ProtoMessage();
        AddDimensions(tensor, 1, shape);
        tensor.Add(2, (long)type);
        return name.Length == 0 ? tensor : tensor.Add(8, name);
    }

    private static void AddDimensions(ProtoMessage message, int field, ReadOnlySpan<long> shape)
    {
        foreach (long length in shape)
        {
            message.Add(field, length);
        }
    }
}
