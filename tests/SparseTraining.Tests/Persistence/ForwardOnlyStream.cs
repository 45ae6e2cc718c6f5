namespace SparseTraining.Tests.Persistence;

/// <summary>A stream like a socket: it cannot seek, gives a few bytes at a time, and may allow asynchronous calls only.</summary>
internal sealed class ForwardOnlyStream(Stream inner, int most, bool onlyAsync = false) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        Assert.False(onlyAsync);
        return inner.Read(buffer[..Math.Min(most, buffer.Length)]);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);

    public override void Write(byte[] buffer, int offset, int count)
    {
        Assert.False(onlyAsync);
        inner.Write(buffer, offset, count);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
