using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace SparseTraining.Kernels;

/// <summary>A kernel that adds up over lanes, and so takes as many at a time on every machine: the order of its sums must not depend on it.</summary>
internal interface IGroupKernel
{
    /// <summary>Computes with groups of one, four or sixteen lanes.</summary>
    void Run<T>()
        where T : struct, ILane<T>;
}

/// <summary>Chooses the group: sixteen lanes in as many registers as this machine takes for them, four or one in narrow tiles.</summary>
internal static class Groups
{
    /// <summary>Runs on a tile of <paramref name="width"/> samples: 1, 4 or a multiple of 16.</summary>
    public static void Run<TKernel>(TKernel kernel, int width)
        where TKernel : struct, IGroupKernel, allows ref struct
    {
        Debug.Assert(width is 1 or 4 || (width > 0 && width % 16 == 0), "a tile is whole groups");
        if (width == 1)
        {
            kernel.Run<Lane1>();
        }
        else if (width == 4)
        {
            kernel.Run<Lane128>();
        }
        else
        {
            RunSixteen(kernel);
        }
    }

    /// <summary>Runs with groups of sixteen lanes.</summary>
    public static void RunSixteen<TKernel>(TKernel kernel)
        where TKernel : struct, IGroupKernel, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated)
        {
            kernel.Run<Lane512>();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            kernel.Run<Join<Lane256, Lane256>>();
        }
        else
        {
            kernel.Run<Join<Join<Lane128, Lane128>, Join<Lane128, Lane128>>>();
        }
    }
}
