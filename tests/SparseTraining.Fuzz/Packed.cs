using System.IO.Compression;

namespace SparseTraining.Datasets.Tests;

/// <summary>What the builder of MAT-files, which is shared with the tests, needs of theirs.</summary>
internal static class TestFiles
{
    public static byte[] Zlib(byte[] content) => Pack(content, stream => new ZLibStream(stream, CompressionLevel.Fastest));

    public static byte[] Gzip(byte[] content) => Pack(content, stream => new GZipStream(stream, CompressionLevel.Fastest));

    private static byte[] Pack(byte[] content, Func<Stream, Stream> open)
    {
        var packed = new MemoryStream();
        using (Stream stream = open(packed))
        {
            stream.Write(content);
        }

        return packed.ToArray();
    }
}
