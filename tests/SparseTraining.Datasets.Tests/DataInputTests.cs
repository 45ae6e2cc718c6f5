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

    private sealed class Failing(byte[] start) : ForwardStream
    {
        private readonly MemoryStream _start = new(start);

        public override int Read(Span<byte> buffer) =>
            _start.Read(buffer) is > 0 and int count ? count : throw new IOException("The disk is gone.");
    }
}
