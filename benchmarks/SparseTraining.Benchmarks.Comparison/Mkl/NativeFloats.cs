using System.Runtime.InteropServices;

namespace SparseTraining.Benchmarks.Comparison.Mkl;

/// <summary>Aligned numbers that never move, so that native code may keep a pointer to them. They start at 0.</summary>
internal sealed unsafe class NativeFloats : IDisposable
{
    private const nuint Alignment = 64;

    public NativeFloats(long count)
    {
        Count = checked((int)count);
        nuint bytes = (nuint)count * sizeof(float);
        Pointer = (float*)NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(Pointer, bytes);
    }

    public NativeFloats(ReadOnlySpan<float> values)
        : this(values.Length) => values.CopyTo(Span);

    public int Count { get; }

    public float* Pointer { get; private set; }

    public Span<float> Span => new(Pointer, Count);

    public void Dispose()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }
}
