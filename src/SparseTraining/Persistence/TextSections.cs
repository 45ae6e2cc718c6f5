namespace SparseTraining.Persistence;

/// <summary>Lists of texts, and of keys with values.</summary>
internal static class TextSections
{
    private const int MostPairs = 1000;

    public static IEnumerable<ReadOnlyMemory<byte>> Write(SectionWriter writer, string tag, IReadOnlyList<string> texts)
    {
        foreach (string text in texts)
        {
            writer.Begin(tag);
            writer.Text(text);
            yield return writer.End();
        }
    }

    public static IEnumerable<string> Read(SectionReader reader, string tag, int count, Action<string[]> done)
    {
        var texts = new List<string>();
        while (texts.Count < count)
        {
            yield return tag;
            texts.Add(reader.Text("a name"));
        }

        done([.. texts]);
    }

    public static void WritePairs(SectionWriter writer, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        writer.Varint(pairs.Count);
        foreach ((string key, string value) in pairs)
        {
            writer.Text(key);
            writer.Text(value);
        }
    }

    public static KeyValuePair<string, string>[] ReadPairs(SectionReader reader)
    {
        var pairs = new KeyValuePair<string, string>[reader.Int32(Math.Min(MostPairs, reader.Remaining), "a number of entries")];
        foreach (ref KeyValuePair<string, string> pair in pairs.AsSpan())
        {
            pair = new(reader.Text("a key"), reader.Text("a value"));
        }

        return pairs;
    }
}
