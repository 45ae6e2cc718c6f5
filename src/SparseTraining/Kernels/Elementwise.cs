using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SparseTraining.Kernels;

/// <summary>
/// The one loop behind everything that treats its elements independently: activations, loss gradients, optimizers.
/// </summary>
/// <remarks>
/// Data layout: plain arrays. The widest group that the machine has runs first, then groups of four, then single
/// floats. Which group an element falls into cannot show in its result, because <see cref="ILane{T}"/> has only exactly
/// rounded operations that work lane by lane (which NaN a NaN is, its sign and payload, is left to the hardware).
/// </remarks>
internal static class Elementwise
{
    /// <summary>
    /// Runs a kernel over the offsets 0 … <paramref name="length"/> − 1 with the widest group of this machine.
    /// </summary>
    /// <remarks>
    /// The caller has checked that every array of the kernel holds <paramref name="length"/> elements.
    /// </remarks>
    public static void Run<TKernel>(TKernel kernel, int length)
        where TKernel : struct, ILaneKernel, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<TKernel, Lane512>(kernel, length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<TKernel, Lane256>(kernel, length);
        }
        else
        {
            Run<TKernel, Lane128>(kernel, length);
        }
    }

    /// <summary>Runs a kernel with a chosen widest group; the tests compare the groups through it.</summary>
    public static void Run<TKernel, TLane>(TKernel kernel, int length)
        where TKernel : struct, ILaneKernel, allows ref struct
        where TLane : struct, ILane<TLane>
    {
        int offset = length >= TLane.Count ? Loop<TKernel, TLane>(kernel, 0, length) : 0;
        if (TLane.Count > Lane128.Count && length - offset >= Lane128.Count)
        {
            offset = Loop<TKernel, Lane128>(kernel, offset, length);
        }

        if (offset < length)
        {
            Loop<TKernel, Lane1>(kernel, offset, length);
        }
    }

    /// <summary>destination[i] = operation(source[i]); the destination may be the source.</summary>
    public static void Apply<TOperation>(TOperation operation, ReadOnlySpan<float> source, Span<float> destination)
        where TOperation : struct, IUnaryOperation
    {
        ElementwiseChecks.ThrowIfNotAligned(source, destination, nameof(source), nameof(destination));
        Run(new UnaryKernel<TOperation>(operation, source, destination), destination.Length);
    }

    /// <summary>destination[i] = operation(first[i], second[i]); the destination may be one of the sources.</summary>
    public static void Apply<TOperation>(
        TOperation operation, ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> destination)
        where TOperation : struct, IBinaryOperation
    {
        ElementwiseChecks.ThrowIfNotAligned(first, destination, nameof(first), nameof(destination));
        ElementwiseChecks.ThrowIfNotAligned(second, destination, nameof(second), nameof(destination));
        Run(new BinaryKernel<TOperation>(operation, first, second, destination), destination.Length);
    }

    /// <summary>
    /// Kept out of line, so that the JIT compiles each group's loop by itself: in this form even the longest bodies
    /// (GELU's derivative) were seen to be inlined without a call left. Optimized at once: a run of a second is half over
    /// before the JIT would come back to a loop that it first compiled quickly.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int Loop<TKernel, TLane>(TKernel kernel, int offset, int length)
        where TKernel : struct, ILaneKernel, allows ref struct
        where TLane : struct, ILane<TLane>
    {
        for (; offset <= length - TLane.Count; offset += TLane.Count)
        {
            kernel.Invoke<TLane>(offset);
        }

        return offset;
    }
}
