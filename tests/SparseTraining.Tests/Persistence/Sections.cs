using System.Buffers.Binary;
using System.Text;
using SparseTraining.Persistence;

namespace SparseTraining.Tests.Persistence;

/// <summary>A file as a list of sections, to be changed and put together again with right checksums.</summary>
public sealed class Sections
{
    private readonly List<(string Tag, byte[] Content)> _list = [];

    public Sections(byte[] file)
    {
        int start = SectionFormat.Signature.Length;
        while (start < file.Length)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(start + 4));
            _list.Add((Encoding.ASCII.GetString(file, start, 4), file[(start + SectionFormat.HeadBytes)..(start + SectionFormat.HeadBytes + length)]));
            start += SectionFormat.HeadBytes + length + SectionFormat.ChecksumBytes;
        }
    }

    /// <summary>The content of the first section with a tag.</summary>
    public byte[] this[string tag]
    {
        get => _list.First(section => section.Tag == tag).Content;
        set => _list[_list.FindIndex(section => section.Tag == tag)] = (tag, value);
    }

    public void Rename(string tag, string other) => _list[_list.FindIndex(section => section.Tag == tag)] = (other, this[tag]);

    public void RemoveFirst(string tag) => _list.RemoveAt(_list.FindIndex(section => section.Tag == tag));

    public byte[] ToFile()
    {
        using var stream = new MemoryStream();
        stream.Write(SectionFormat.Signature);
        var writer = new SectionWriter();
        foreach ((string tag, byte[] content) in _list)
        {
            writer.Begin(tag);
            content.CopyTo(writer.Room(content.Length));
            stream.Write(writer.End().Span);
        }

        return stream.ToArray();
    }

    /// <summary>The content that a writer makes.</summary>
    internal static byte[] Content(Action<SectionWriter> write)
    {
        var writer = new SectionWriter();
        writer.Begin("TEMP");
        write(writer);
        return writer.End().ToArray()[SectionFormat.HeadBytes..^SectionFormat.ChecksumBytes];
    }
}
