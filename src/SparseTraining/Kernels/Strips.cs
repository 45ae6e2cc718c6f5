using System.Runtime.Intrinsics;

namespace SparseTraining.Kernels;

/// <summary>A kernel over columns of a feature-major block, to be run on one strip of samples at a time.</summary>
internal interface IStripKernel
{
    /// <summary>Computes the samples [offset, offset + T.Count) of every row.</summary>
    void Run<T>(int offset)
        where T : struct, ILane<T>;
}

/// <summary>
/// Cuts a block's samples into strips that fit the registers: four vectors where possible, then what is left with
/// fewer, then single samples. Samples do not mix, so the cut never shows in the result.
/// </summary>
internal static class Strips
{
    /// <summary>Floats in this machine's widest vector.</summary>
    public static int VectorCount => Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;

    public static void Run<TKernel>(ref TKernel kernel, int width)
        where TKernel : struct, IStripKernel, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<TKernel, Lane512>(ref kernel, width);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<TKernel, Lane256>(ref kernel, width);
        }
        else
        {
            Run<TKernel, Lane128>(ref kernel, width);
        }
    }

    /// <summary>The same with a given vector, so that tests reach every width on any machine.</summary>
    internal static void Run<TKernel, T>(ref TKernel kernel, int width)
        where TKernel : struct, IStripKernel, allows ref struct
        where T : struct, ILane<T>
    {
        int offset = 0;
        for (; width - offset >= 4 * T.Count; offset += 4 * T.Count)
        {
            kernel.Run<Join<Join<T, T>, Join<T, T>>>(offset);
        }

        switch ((width - offset) / T.Count)
        {
            case 3:
                kernel.Run<Join<Join<T, T>, T>>(offset);
                break;
            case 2:
                kernel.Run<Join<T, T>>(offset);
                break;
            case 1:
                kernel.Run<T>(offset);
                break;
            default:
                break;
        }

        offset += (width - offset) / T.Count * T.Count;
        for (; T.Count > 4 && width - offset >= 4; offset += 4)
        {
            kernel.Run<Lane128>(offset);
        }

        for (; offset < width; offset++)
        {
            kernel.Run<Lane1>(offset);
        }
    }
}
