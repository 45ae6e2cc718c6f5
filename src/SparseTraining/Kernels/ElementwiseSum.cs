using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SparseTraining.Kernels;

/// <summary>Sums of a function of two arrays, in an order that is the same on every machine.</summary>
/// <remarks>
/// Sixteen partial sums always, however wide the hardware is: partial sum k takes the elements k, k + 16, k + 32 … in
/// turn, then the upper half is added to the lower one until one is left. A last group that is not full is filled up
/// with zeros, for which the function must give 0.
/// </remarks>
internal static class ElementwiseSum
{
    private const int Partials = 16;

    /// <summary>Σ operation(first[i], second[i]).</summary>
    public static float Of<TOperation>(TOperation operation, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
        where TOperation : struct, IBinaryOperation
    {
        ElementwiseChecks.ThrowIfLengthDiffers(first.Length, second.Length, nameof(first), nameof(second));
        float sum = 0;
        Groups.RunSixteen(new Kernel<TOperation>(operation, first, second, ref sum));
        return sum;
    }

    /// <summary>The sum with a chosen group of sixteen floats; the tests compare the groups through it.</summary>
    public static float Of<TOperation, TLane>(
        TOperation operation, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
        where TOperation : struct, IBinaryOperation
        where TLane : struct, ILane<TLane>
    {
        ref float x = ref MemoryMarshal.GetReference(first);
        ref float y = ref MemoryMarshal.GetReference(second);
        TLane sum = TLane.Broadcast(0f);
        int offset = 0;
        for (; offset <= first.Length - Partials; offset += Partials)
        {
            sum += operation.Invoke(
                TLane.Load(in Unsafe.Add(ref x, offset)), TLane.Load(in Unsafe.Add(ref y, offset)));
        }

        Span<float> buffer = stackalloc float[2 * Partials];
        if (offset < first.Length)
        {
            buffer.Clear();
            first[offset..].CopyTo(buffer);
            second[offset..].CopyTo(buffer[Partials..]);
            sum += operation.Invoke(TLane.Load(in buffer[0]), TLane.Load(in buffer[Partials]));
        }

        sum.Store(ref buffer[0]);
        for (int half = Partials / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                buffer[i] += buffer[i + half];
            }
        }

        return buffer[0];
    }

    private readonly ref struct Kernel<TOperation>(TOperation operation, ReadOnlySpan<float> first, ReadOnlySpan<float> second, ref float sum) : IGroupKernel
        where TOperation : struct, IBinaryOperation
    {
        private readonly TOperation _operation = operation;
        private readonly ReadOnlySpan<float> _first = first;
        private readonly ReadOnlySpan<float> _second = second;
        private readonly ref float _sum = ref sum;

        public void Run<T>()
            where T : struct, ILane<T> => _sum = Of<TOperation, T>(_operation, _first, _second);
    }
}
