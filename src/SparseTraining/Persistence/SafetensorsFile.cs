using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace SparseTraining.Persistence;

/// <summary>
/// The safetensors format: the length of a header (u64), the header as JSON with the type, shape and place of every array,
/// then the arrays without gaps.
/// </summary>
internal static class SafetensorsFile
{
    private const string Metadata = "__metadata__";

    /// <summary>Far above what a network needs; the format itself allows 100 MB.</summary>
    private const int LongestHeader = 1 << 24;

    public static void Write(Stream stream, IReadOnlyList<KeyValuePair<string, string>> metadata, IReadOnlyList<KeyValuePair<string, PlainArray>> arrays)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(Metadata);
            foreach ((string key, string value) in metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long start = 0;
            foreach ((string name, PlainArray array) in arrays)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", array.Type);
                WriteNumbers(json, "shape", array.Shape);
                WriteNumbers(json, "data_offsets", [start, start += array.Bytes.Length]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Padded with spaces, so that the arrays begin at a multiple of 8 as readers that map the file want it.
        int padding = -buffer.WrittenCount & 7;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, buffer.WrittenCount);
        stream.Write(length);
        stream.Write(buffer.WrittenSpan);
        foreach ((_, PlainArray array) in arrays)
        {
            stream.Write(array.Bytes);
        }
    }

    public static (Dictionary<string, string> Metadata, Dictionary<string, PlainArray> Arrays) Read(Stream stream)
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(GrowingRead.Exactly(stream, 8, "safetensors header"));
        if (length is < 2 or > LongestHeader)
        {
            throw new InvalidDataException($"This is no safetensors file that can be read: its header states {length} bytes; 2 to {LongestHeader} are possible.");
        }

        byte[] header = GrowingRead.Exactly(stream, (long)length, "safetensors header");
        var metadata = new Dictionary<string, string>();
        var entries = new List<Entry>();
        try
        {
            ReadHeader(header, metadata, entries);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"The safetensors header is damaged: {e.Message}", e);
        }

        var arrays = new Dictionary<string, PlainArray>();
        long next = 0;
        foreach (Entry entry in entries.OrderBy(entry => entry.Start).ThenBy(entry => entry.End))
        {
            long count = PlainArray.Count(entry.Shape);
            int size = PlainNumbers.SizeOf(entry.Type);
            if (entry.Start != next || count < 0 || size == 0 || entry.End - entry.Start != count * size)
            {
                throw new InvalidDataException(
                    $"The array \"{entry.Name}\" of type {entry.Type} and shape [{string.Join(", ", entry.Shape)}] cannot lie at [{entry.Start}, {entry.End}).");
            }

            byte[] bytes = GrowingRead.Exactly(stream, entry.End - entry.Start, $"\"{entry.Name}\"");
            if (!arrays.TryAdd(entry.Name, new PlainArray(entry.Type, entry.Shape, bytes)))
            {
                throw new InvalidDataException($"The array \"{entry.Name}\" is there twice.");
            }

            next = entry.End;
        }

        return (metadata, arrays);
    }

    private static void ReadHeader(byte[] header, Dictionary<string, string> metadata, List<Entry> entries)
    {
        var json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = 4 });
        Expect(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            Expect(ref json, JsonTokenType.StartObject);
            if (name == Metadata)
            {
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    string key = json.GetString()!;
                    Expect(ref json, JsonTokenType.String);
                    metadata[key] = json.GetString()!;
                }
            }
            else
            {
                entries.Add(ReadEntry(ref json, name));
            }
        }

        // The reader itself throws if anything but white space follows the object.
        json.Read();
    }

    private static Entry ReadEntry(ref Utf8JsonReader json, string name)
    {
        string type = "";
        long[] shape = [];
        long[] offsets = [];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            switch (json.GetString())
            {
                case "dtype":
                    Expect(ref json, JsonTokenType.String);
                    type = json.GetString()!;
                    break;
                case "shape":
                    shape = ReadNumbers(ref json);
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(ref json);
                    break;
                default:
                    throw new JsonException($"\"{name}\" has a property that is not known");
            }
        }

        return offsets.Length == 2 ? new Entry(name, type, shape, offsets[0], offsets[1]) : throw new JsonException($"\"{name}\" has no two data_offsets");
    }

    private static long[] ReadNumbers(ref Utf8JsonReader json)
    {
        var numbers = new List<long>();
        Expect(ref json, JsonTokenType.StartArray);
        while (json.Read() && json.TokenType == JsonTokenType.Number)
        {
            numbers.Add(json.GetInt64());
        }

        return json.TokenType == JsonTokenType.EndArray ? [.. numbers] : throw new JsonException("a list holds something else than numbers");
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType type)
    {
        if (!json.Read() || json.TokenType != type)
        {
            throw new JsonException($"{json.TokenType} where {type} belongs");
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private sealed record Entry(string Name, string Type, long[] Shape, long Start, long End);
}
