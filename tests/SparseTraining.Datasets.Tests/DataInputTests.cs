using System.Globalization;
using System.IO.Compression;
using System.Text;
using SparseTraining.Datasets.Input;

namespace SparseTraining.Datasets.Tests;

public class DataInputTests
{
    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x1f })]
    [InlineData(new byte[] { 0x1f, 0x8c, 1 })]
    [InlineData(new byte[] { 1, 2, 3, 4 })]
    public void Plain_content_passes_whole_however_short(byte[] content)
    {
        using Stream input = DataInput.Unpack(new TestFiles.Trickle(content));
        var copy = new MemoryStream();
        input.CopyTo(copy);
        Assert.Equal(content, copy.ToArray());
    }

    [Fact]
    public void An_error_of_the_stream_itself_is_not_called_damage()
    {
        byte[] packed = TestFiles.Gzip(new byte[100_000]);
        using Stream input = DataInput.Unpack(new Failing(packed[..20]));
        Assert.Equal("The disk is gone.", Assert.Throws<IOException>(() => input.ReadExactly(new byte[100_000])).Message);
    }

    [Fact]
    public void A_packed_file_cut_anywhere_is_refused()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 400; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i % 3} 1:{i * 7919 % 1000} 4:{i * i % 997}\n");
        }

        // Of every kind of block: dynamic codes, fixed ones, and stored as it is; and the second of two members.
        byte[] content = Encoding.ASCII.GetBytes(text.ToString());
        byte[] stored = TestFiles.Gzip(content[..200], CompressionLevel.NoCompression);
        Refused(TestFiles.Gzip(content), from: 2);
        Refused(TestFiles.Gzip("1 1:2\n"u8.ToArray()), from: 2);
        Refused(stored, from: 2);
        Refused([.. stored, .. stored], from: stored.Length + 1);

        static void Refused(byte[] packed, int from)
        {
            Assert.NotEmpty(Unpack(packed));
            for (int length = from; length < packed.Length; length++)
            {
                var exception = Assert.Throws<InvalidDataException>(() => Unpack(packed[..length]));
                Assert.Equal("The compressed data is cut off.", exception.Message);
            }

            Assert.Throws<InvalidDataException>(() => LibSvmReader.Read(new MemoryStream(packed[..^1])));
        }
    }

    [Fact]
    public void A_packed_file_whose_checksum_does_not_fit_is_refused()
    {
        byte[] packed = TestFiles.Gzip("1 1:2\n"u8.ToArray());
        packed[^6] ^= 1;
        var exception = Assert.Throws<InvalidDataException>(() => Unpack(packed));
        Assert.Equal("The compressed data is damaged: it cannot be unpacked, or its checksum does not fit.", exception.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9000)]
    public void Members_are_joined_and_padding_is_passed_over(int padding)
    {
        byte[] packed = [.. TestFiles.Gzip([1, 2]), .. TestFiles.Gzip([]), .. TestFiles.Gzip([3]), .. new byte[padding]];
        Assert.Equal([1, 2, 3], Unpack(packed));
    }

    [Fact]
    public void A_reader_given_no_stream_or_path_says_so()
    {
        Assert.Throws<ArgumentNullException>("stream", () => IdxReader.Read((Stream)null!));
        Assert.Throws<ArgumentNullException>("stream", () => CsvReader.Read((Stream)null!));
        Assert.Throws<ArgumentNullException>("stream", () => LibSvmReader.Read((Stream)null!));
        Assert.Throws<ArgumentNullException>("stream", () => MatFileReader.Read((Stream)null!));
        Assert.Throws<ArgumentException>("path", () => MatFileReader.Read(""));
    }

    [Fact]
    public void The_file_is_named_when_its_content_is_wrong()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "a,y\nx,1\n");
            var exception = Assert.Throws<InvalidDataException>(() => CsvReader.Read(path));
            Assert.Equal($"{path}: Line 2, column 1 ('a') is 'x'; a finite number is needed.", exception.Message);
            Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => LibSvmReader.Read(path)).Message, StringComparison.Ordinal);
            Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => MatFileReader.ReadDataset(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Unpacks a file that comes as a whole, and one that comes byte by byte, which must be the same.</summary>
    private static byte[] Unpack(byte[] packed)
    {
        byte[]? slow = null;
        string? message = null;
        try
        {
            slow = Copy(new TestFiles.Trickle(packed));
        }
        catch (InvalidDataException e)
        {
            message = e.Message;
        }

        try
        {
            byte[] content = Copy(new MemoryStream(packed));
            Assert.Equal(content, slow);
            return content;
        }
        catch (InvalidDataException e)
        {
            Assert.Equal(e.Message, message);
            throw;
        }
    }

    private static byte[] Copy(Stream packed)
    {
        using Stream input = DataInput.Unpack(packed);
        var copy = new MemoryStream();
        input.CopyTo(copy);
        return copy.ToArray();
    }

    private sealed class Failing(byte[] start) : ForwardStream
    {
        private readonly MemoryStream _start = new(start);

        public override int Read(Span<byte> buffer) =>
            _start.Read(buffer) is > 0 and int count ? count : throw new IOException("The disk is gone.");
    }
}
