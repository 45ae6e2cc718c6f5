using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace SparseTraining.Kernels;

/// <summary>Tells the processor what is needed soon. A hint changes no result.</summary>
internal static class CacheHint
{
    /// <summary>The most values that are worth asking for (1 MiB): more would push each other out.</summary>
    private const int MostValues = 1 << 18;

    /// <summary>
    /// Asks for values that will be read at random places. In their order they come several at a time, from wherever they are; at random
    /// each would be waited for.
    /// </summary>
    public static unsafe void ReadSoon(ReadOnlySpan<float> values)
    {
        if (!Sse.IsSupported || values.Length > MostValues)
        {
            return;
        }

        const int line = 16;
        ref float first = ref MemoryMarshal.GetReference(values);
        for (nint i = 0; i < values.Length; i += line)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, i)));
        }
    }
}
