using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using SparseTraining.Persistence;

namespace SparseTraining.Tests.Persistence;

/// <summary>Files from strangers: an error with the reason, never a wrong model, a crash or much memory.</summary>
public class ModelFileDamageTests
{
    [Fact]
    public void Every_change_of_a_byte_is_found()
    {
        byte[] bytes = SmallModels.Bytes(SmallModels.All["binary"]());
        for (int i = 0; i < bytes.Length; i++)
        {
            byte original = bytes[i];
            foreach (int change in new[] { 0x01, 0x80, 0xff, 0x20 })
            {
                bytes[i] = (byte)(original ^ change);
                Assert.Throws<InvalidDataException>(() => SparseMlp.Load(new MemoryStream(bytes)));
                Assert.Throws<InvalidDataException>(() => SparseMlpPredictor.Load(new MemoryStream(bytes)));
            }

            bytes[i] = original;
        }
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_found()
    {
        byte[] bytes = SmallModels.Bytes(SmallModels.All["masked"]());
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => SparseMlp.Load(new MemoryStream(bytes, 0, length)));
            Assert.Throws<InvalidDataException>(() => SparseMlp.Load(new ForwardOnlyStream(new MemoryStream(bytes, 0, length), 100)));
        }
    }

    [Fact]
    public void Bytes_after_the_end_of_a_file_are_found()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("sparse-").FullName, "model.sparse");
        File.WriteAllBytes(path, [.. SmallModels.Bytes(SmallModels.All["linear"]()), 0]);
        Assert.Contains("1 bytes follow", Assert.Throws<InvalidDataException>(() => SparseMlp.Load(path)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => SparseMlpPredictor.Load(path));
    }

    [Theory]
    [InlineData("HEAD", "model", 5, 0x02, "format version 2")]
    [InlineData("NETW", null, 0, 0x09, "task 9")]
    [InlineData("NETW", null, 1, 0x00, "0 layers")]
    [InlineData("LAYR", null, 0, 0x07, "kind 7")]
    [InlineData("LAYR", null, 1, 0x0b, "11 inputs")]
    [InlineData("COLC", null, 0, 0x7f, "number of links")]
    [InlineData("LINK", null, 0, 0x7f, "gap between links")]
    public void A_broken_rule_behind_a_right_checksum_is_found(string tag, string? after, int offset, byte value, string reason)
    {
        byte[] bytes = SmallModels.Bytes(SmallModels.All["linear"]());
        Rewrite(bytes, tag, content => content[(after is null ? 0 : content.IndexOf(Encoding.UTF8.GetBytes(after))) + offset] = value);
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => SparseMlp.Load(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_that_is_no_number_is_found()
    {
        byte[] bytes = SmallModels.Bytes(SmallModels.All["default"]());
        Rewrite(bytes, "WGHT", content => BinaryPrimitives.WriteSingleLittleEndian(content[8..], float.NaN));
        Assert.Contains("value 2 is NaN", Assert.Throws<InvalidDataException>(() => SparseMlp.Load(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_or_anything_else_is_no_model()
    {
        Assert.Contains("empty", Assert.Throws<InvalidDataException>(() => SparseMlp.Load(new MemoryStream())).Message, StringComparison.Ordinal);
        Assert.Contains(
            "signature", Assert.Throws<InvalidDataException>(() => SparseMlp.Load(new MemoryStream("\x7fELF and so on"u8.ToArray()))).Message, StringComparison.Ordinal);
        var writer = new SectionWriter();
        byte[] checkpoint = FileHead.Write(writer, "checkpoint").ToArray();
        Assert.Contains("checkpoint", Assert.Throws<InvalidDataException>(() => SparseMlp.Load(new MemoryStream(checkpoint))).Message, StringComparison.Ordinal);
    }

    /// <summary>A head that states billions of everything, and nothing after it: the statement alone must cost nothing.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Stated_sizes_cost_no_memory(bool hugeSection)
    {
        using var stream = new MemoryStream();
        var writer = new SectionWriter();
        stream.Write(FileHead.Write(writer, "model").Span);
        writer.Begin("NETW");
        writer.Byte(0);
        foreach (long value in new long[] { 65536, 2_000_000_000, long.MaxValue, 7, 7, 2_000_000_000 })
        {
            writer.Varint(value);
        }

        writer.Flag(true);
        stream.Write(writer.End().Span);
        writer.Begin("OPTS");
        TextSections.WritePairs(writer, OptionsText.Of(new SparseMlpOptions()));
        stream.Write(writer.End().Span);
        stream.Write("CLAS"u8);
        stream.Write(BitConverter.GetBytes(hugeSection ? uint.MaxValue : SectionFormat.LongestContent));
        stream.Write(new byte[100]);
        byte[] bytes = stream.ToArray();
        Assert.Throws<InvalidDataException>(() => SparseMlpPredictor.Load(new MemoryStream(bytes)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => SparseMlpPredictor.Load(new MemoryStream(bytes)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    /// <summary>Changes the content of the first section with a tag and makes its checksum right again.</summary>
    internal static void Rewrite(byte[] bytes, string tag, Change change)
    {
        int start = SectionFormat.Signature.Length;
        while (Encoding.ASCII.GetString(bytes, start, 4) != tag)
        {
            start += SectionFormat.HeadBytes + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(start + 4)) + SectionFormat.ChecksumBytes;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(start + 4));
        change(bytes.AsSpan(start + SectionFormat.HeadBytes, length));
        int end = start + SectionFormat.HeadBytes + length;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(end), Crc32.HashToUInt32(bytes.AsSpan(start, end - start)));
    }

    internal delegate void Change(Span<byte> content);
}
