using System.Runtime.InteropServices;

namespace SparseTraining.Benchmarks.Comparison.Mkl;

/// <summary>
/// The library asks its own <c>mkl_serv_intel_cpu_true</c> and takes its slowest kernels where the answer is no, whatever
/// instructions the processor has. A peer must not be beaten by a question: here the answer becomes yes.
/// </summary>
/// <remarks>
/// The function's first bytes are overwritten in this process's memory. Nothing on disk changes, and unlike a library to
/// preload it needs neither compiler nor second file.
/// </remarks>
internal static unsafe partial class MklProcessorCheck
{
    private const int ReadWriteExecute = 1 | 2 | 4;
    private const int ReadExecute = 1 | 4;

    /// <summary>mov eax, 1; ret.</summary>
    private static ReadOnlySpan<byte> ReturnOne => [0xB8, 1, 0, 0, 0, 0xC3];

    /// <summary>Makes the answer yes.</summary>
    /// <returns>Why it could not, or <see langword="null"/>.</returns>
    public static string? AnswerYes(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "mkl_serv_intel_cpu_true", out nint function))
        {
            return "this oneMKL has no mkl_serv_intel_cpu_true";
        }

        nint page = Environment.SystemPageSize;
        nint start = function / page * page;
        nint end = (function + ReturnOne.Length + page - 1) / page * page;
        if (Protect(start, (nuint)(end - start), ReadWriteExecute) != 0)
        {
            return "this system does not let a program change its own code, so oneMKL keeps its slow kernels";
        }

        ReturnOne.CopyTo(new Span<byte>((void*)function, ReturnOne.Length));
        _ = Protect(start, (nuint)(end - start), ReadExecute);
        return ((delegate* unmanaged<int>)function)() == 1 ? null : "mkl_serv_intel_cpu_true still answers no";
    }

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint start, nuint length, int protection);
}
