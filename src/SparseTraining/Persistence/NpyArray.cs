using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace SparseTraining.Persistence;

/// <summary>NumPy's NPY format: a signature, a version, the length of a header, the header as a Python dictionary, numbers.</summary>
internal static class NpyArray
{
    private const int Alignment = 64;
    private const int LongestHeader = 1 << 16;

    private static readonly (string Npy, string Plain)[] Types =
        [("<f4", "F32"), ("<f8", "F64"), ("<f2", "F16"), ("<i4", "I32"), ("<i8", "I64"), ("<i2", "I16"), ("<u2", "U16")];

    private static ReadOnlySpan<byte> Signature => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public static void Write(Stream stream, PlainArray array) =>
        Write(stream, Types.First(type => type.Plain == array.Type).Npy, ShapeText(array.Shape), array.Bytes);

    /// <summary>A scalar byte string, as SciPy wants the name of its format.</summary>
    public static void WriteText(Stream stream, string text) =>
        Write(stream, string.Create(CultureInfo.InvariantCulture, $"|S{text.Length}"), "()", Encoding.ASCII.GetBytes(text));

    /// <summary>Reads an array of numbers, or null for one of another type, whose bytes are passed over.</summary>
    public static PlainArray? Read(Stream stream, string what)
    {
        byte[] start = GrowingRead.Exactly(stream, 8, what);
        if (!start.AsSpan(0, 6).SequenceEqual(Signature) || start[6] is < 1 or > 3)
        {
            throw new InvalidDataException($"{what} is no NPY array of version 1 to 3.");
        }

        byte[] count = GrowingRead.Exactly(stream, start[6] == 1 ? 2 : 4, what);
        uint length = start[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(count) : BinaryPrimitives.ReadUInt32LittleEndian(count);
        if (length > LongestHeader)
        {
            throw new InvalidDataException($"{what}: its header states {length} bytes; {LongestHeader} are the most.");
        }

        string header = Encoding.Latin1.GetString(GrowingRead.Exactly(stream, length, what));
        string descr = Value(header, "descr", what).Trim('\'', '"');
        if (Value(header, "fortran_order", what) != "False")
        {
            throw new InvalidDataException($"{what} is stored by columns; only arrays stored by rows can be read.");
        }

        long[] shape = Shape(Value(header, "shape", what), what);
        string? type = Types.FirstOrDefault(type => type.Npy == descr).Plain;
        if (type is null)
        {
            return null;
        }

        long numbers = PlainArray.Count(shape);
        return numbers >= 0
            ? new PlainArray(type, shape, GrowingRead.Exactly(stream, numbers * PlainNumbers.SizeOf(type), what))
            : throw new InvalidDataException($"{what} has the shape ({string.Join(", ", shape)}), more than an array can hold.");
    }

    private static void Write(Stream stream, string descr, string shape, ReadOnlySpan<byte> bytes)
    {
        string dictionary = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}";
        int length = Signature.Length + 4 + dictionary.Length + 1;
        string header = dictionary + new string(' ', (Alignment - (length % Alignment)) % Alignment) + "\n";
        stream.Write(Signature);
        stream.Write([1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        stream.Write(Encoding.Latin1.GetBytes(header));
        stream.Write(bytes);
    }

    private static string ShapeText(long[] shape)
    {
        string sizes = string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        return shape.Length == 1 ? $"({sizes},)" : $"({sizes})";
    }

    /// <summary>The text of a value in the dictionary: up to the closing parenthesis of a tuple, else up to the comma.</summary>
    private static string Value(string header, string key, string what)
    {
        int at = header.IndexOf($"'{key}'", StringComparison.Ordinal);
        int colon = at < 0 ? -1 : header.IndexOf(':', at);
        string rest = colon < 0 ? "" : header[(colon + 1)..].TrimStart();
        int end = rest.StartsWith('(') ? rest.IndexOf(')') : rest.AsSpan().IndexOfAny(',', '}');
        return end > 0 ? rest[..end].Trim() : throw new InvalidDataException($"{what}: its header has no \"{key}\".");
    }

    private static long[] Shape(string tuple, string what)
    {
        string[] sizes = tuple.TrimStart('(').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shape = new long[sizes.Length];
        for (int i = 0; i < shape.Length; i++)
        {
            if (!long.TryParse(sizes[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
            {
                throw new InvalidDataException($"{what}: its header has the shape {tuple}).");
            }
        }

        return shape;
    }
}
