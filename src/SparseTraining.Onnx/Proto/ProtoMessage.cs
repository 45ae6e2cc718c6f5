using System.Text;
using Google.Protobuf;
using static Google.Protobuf.WireFormat;

namespace SparseTraining.Onnx.Proto;

/// <summary>
/// A protobuf message as the list of its fields. Its size is known before anything is written, as a <see langword="long"/>,
/// so that a message too large for protobuf can be refused; large arrays are written straight from where they are.
/// </summary>
/// <remarks>A message is complete once it is added to another: sizes are added up on the way.</remarks>
internal sealed class ProtoMessage
{
    private readonly List<Action<CodedOutputStream, Stream>> _fields = [];

    /// <summary>Bytes of all fields, without a length in front.</summary>
    public long Size { get; private set; }

    /// <summary>Adds an int32, int64 or enumeration.</summary>
    public ProtoMessage Add(int field, long value) =>
        Add(field, WireType.Varint, CodedOutputStream.ComputeInt64Size(value), (output, _) => output.WriteInt64(value));

    /// <summary>Adds a float.</summary>
    public ProtoMessage Add(int field, float value) => Add(field, WireType.Fixed32, sizeof(float), (output, _) => output.WriteFloat(value));

    /// <summary>Adds a string, or bytes that hold UTF-8.</summary>
    public ProtoMessage Add(int field, string value)
    {
        long length = Encoding.UTF8.GetByteCount(value);
        return Add(field, WireType.LengthDelimited, WithLength(length), (output, _) => output.WriteString(value));
    }

    /// <summary>Adds a message.</summary>
    public ProtoMessage Add(int field, ProtoMessage message) => AddBytes(field, message.Size, message.WriteFields);

    /// <summary>Adds bytes that a function writes to the stream, exactly as many as it says.</summary>
    public ProtoMessage Add(int field, long length, Action<Stream> write) => AddBytes(field, length, (output, stream) =>
    {
        // What the encoder holds comes first; then the array goes past it.
        output.Flush();
        write(stream);
    });

    /// <summary>Writes the message. At most <see cref="int.MaxValue"/> bytes are possible.</summary>
    public void WriteTo(Stream stream)
    {
        using var output = new CodedOutputStream(stream, leaveOpen: true);
        WriteFields(output, stream);
        output.Flush();
    }

    private static long WithLength(long length) => length + CodedOutputStream.ComputeUInt64Size((ulong)length);

    private ProtoMessage AddBytes(int field, long length, Action<CodedOutputStream, Stream> write) =>
        Add(field, WireType.LengthDelimited, WithLength(length), (output, stream) =>
        {
            output.WriteLength((int)length);
            write(output, stream);
        });

    private ProtoMessage Add(int field, WireType type, long size, Action<CodedOutputStream, Stream> write)
    {
        Size += CodedOutputStream.ComputeTagSize(field) + size;
        _fields.Add((output, stream) =>
        {
            output.WriteTag(field, type);
            write(output, stream);
        });
        return this;
    }

    private void WriteFields(CodedOutputStream output, Stream stream)
    {
        foreach (Action<CodedOutputStream, Stream> write in _fields)
        {
            write(output, stream);
        }
    }
}
