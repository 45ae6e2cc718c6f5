using System.IO.Compression;
using System.Text;
using SparseTraining.Data;
using SparseTraining.Datasets.Input;

namespace SparseTraining.Datasets.Tests;

/// <summary>Files made in memory, and streams that behave as badly as real ones.</summary>
internal static class TestFiles
{
    public static MemoryStream Text(string content) => new(Encoding.UTF8.GetBytes(content));

    public static byte[] Gzip(byte[] content, CompressionLevel level = CompressionLevel.Fastest)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    public static byte[] Zlib(byte[] content)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            zlib.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>Asserts that reading fails with the documented exception and allocates next to nothing.</summary>
    public static InvalidDataException AssertRefused(Action read, long mostBytes = 2_000_000)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Assert.Throws<InvalidDataException>(read);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < mostBytes, $"{allocated} bytes were allocated before: {exception.Message}");
        return exception;
    }

    /// <summary>Asserts that a reader given damaged content either succeeds or refuses it as documented.</summary>
    public static void AssertReadOrRefused(Action read)
    {
        try
        {
            read();
        }
        catch (InvalidDataException)
        {
            // the documented answer
        }
    }

    public static float[] Features(this Dataset data, int sample)
    {
        var features = new float[data.FeatureCount];
        data.CopyFeatures(sample, features);
        return features;
    }

    public static int[] Labels(this Dataset data) => [.. Enumerable.Range(0, data.Count).Select(data.Label)];

    public static string DataFolder()
    {
        string? folder = Environment.GetEnvironmentVariable(FashionMnist.FolderVariable);
        Assert.SkipUnless(Directory.Exists(folder), $"{FashionMnist.FolderVariable} names no folder.");
        return folder!;
    }

    /// <summary>A stream that cannot seek and hands out one byte at a time.</summary>
    public sealed class Trickle(byte[] content) : Stream
    {
        private int _next;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_next == content.Length || count == 0)
            {
                return 0;
            }

            buffer[offset] = content[_next++];
            return 1;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>A stream whose content comes in two pieces.</summary>
    public sealed class Pieces(byte[] first, byte[] second) : ForwardStream
    {
        private readonly MemoryStream _first = new(first);
        private readonly MemoryStream _second = new(second);

        public override int Read(Span<byte> buffer) => _first.Read(buffer) is > 0 and int count ? count : _second.Read(buffer);
    }
}
