namespace SparseTraining.Datasets.Input;

/// <summary>
/// The next so many bytes of another stream, which stays open. Unlike the end of a file, an end of the other stream
/// before the limit is an error.
/// </summary>
internal sealed class LimitedStream(Stream inner, long length, string what) : ForwardStream
{
    /// <summary>Bytes not read yet.</summary>
    public long Remaining { get; private set; } = length;

    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length, Remaining);
        if (wanted == 0)
        {
            return 0;
        }

        int count = inner.Read(buffer[..wanted]);
        if (count == 0)
        {
            throw new InvalidDataException($"{what}: the data ends {Remaining} bytes early.");
        }

        Remaining -= count;
        return count;
    }

    /// <summary>Passes over everything up to the limit.</summary>
    public void SkipRest() => BoundedRead.Skip(this, Remaining, what);
}
