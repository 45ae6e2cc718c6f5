using System.Buffers.Binary;

namespace EdgeInference;

/// <summary>Images of bytes from an uncompressed IDX file, read one at a time, or noise.</summary>
internal sealed class ImageFile
{
    private readonly FileStream? _stream;
    private readonly int _header;
    private readonly int _count;
    private readonly byte[] _pixels;

    private ImageFile(FileStream? stream, int header, int count, int features)
    {
        _stream = stream;
        _header = header;
        _count = count;
        _pixels = new byte[features];
    }

    public static ImageFile Noise(int features) => new(null, 0, 1, features);

    public static ImageFile Open(string path, int features)
    {
        FileStream stream = File.OpenRead(path);
        Span<byte> header = stackalloc byte[16];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header[..4].SequenceEqual<byte>([0, 0, 8, 3]))
        {
            throw new InvalidDataException($"\"{path}\" is no uncompressed IDX file of images.");
        }

        int count = BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        long pixels = (long)BinaryPrimitives.ReadInt32BigEndian(header[8..]) * BinaryPrimitives.ReadInt32BigEndian(header[12..]);
        return pixels == features && count > 0 && stream.Length == 16 + (count * pixels)
            ? new ImageFile(stream, 16, count, features)
            : throw new InvalidDataException($"\"{path}\" has {count} images of {pixels} pixels; the model takes {features}.");
    }

    /// <summary>Reads an image, scaled to [0, 1]; after the last one comes the first again.</summary>
    public void Read(int image, Span<float> sample)
    {
        if (_stream is null)
        {
            Random.Shared.NextBytes(_pixels);
        }
        else
        {
            _stream.Position = _header + ((long)(image % _count) * _pixels.Length);
            _stream.ReadExactly(_pixels);
        }

        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] = _pixels[i] / 255f;
        }
    }
}
