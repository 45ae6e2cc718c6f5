using System.IO.Compression;

namespace SparseTraining.Datasets.Input;

/// <summary>
/// The content of a compressed stream, with every complaint of the decompressor turned into the exception that readers
/// document. Disposing it disposes the decompressor.
/// </summary>
internal sealed class UnpackedStream(Stream decompressor) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        // The decompressor's own exception is not public; those of the stream below it pass as they are.
        try
        {
            return decompressor.Read(buffer);
        }
        catch (IOException e) when (e.GetType().Assembly == typeof(ZLibStream).Assembly)
        {
            throw new InvalidDataException($"The compressed data is damaged: {e.Message}", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decompressor.Dispose();
        }

        base.Dispose(disposing);
    }
}
