using System.Runtime.CompilerServices;

namespace SparseTraining.Kernels;

/// <summary>Memory for activations that begins at a cache line, so that no vector load crosses one.</summary>
internal readonly record struct AlignedBuffer
{
    private const int LineBytes = 64;
    private readonly float[] _array;
    private readonly int _offset;
    private readonly int _length;

    public AlignedBuffer(long length)
    {
        if (length > Array.MaxLength - LineBytes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(length), length, $"A block of activations holds at most {Array.MaxLength - LineBytes} values; use a smaller batch.");
        }

        // Pinned, because an array that the collector moves would lose its alignment.
        _length = (int)length;
        _array = GC.AllocateArray<float>(_length + LineBytes / sizeof(float), pinned: true);
        unsafe
        {
            nint address = (nint)Unsafe.AsPointer(ref _array[0]);
            _offset = (int)(((address + LineBytes - 1) & -LineBytes) - address) / sizeof(float);
        }
    }

    public Span<float> Span => _array.AsSpan(_offset, _length);

    public long Bytes => _array is null ? 0 : _array.LongLength * sizeof(float);

    /// <summary>The bytes that so many values will take.</summary>
    public static long BytesOf(long length) => (length * sizeof(float)) + LineBytes;

    public Span<float> Slice(int start, int length) => _array.AsSpan(_offset + start, length);
}
