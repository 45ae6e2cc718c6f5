using System.Runtime.InteropServices;
using System.Text;

namespace SparseTraining.Benchmarks.Comparison.Mkl;

/// <summary>
/// Intel's oneMKL as libtorch carries it, with 32-bit integers and GNU's OpenMP. Fortran's interface, since this library
/// leaves out most of CBLAS: matrices are column-major, scalars go by address.
/// </summary>
internal static unsafe partial class MklLibrary
{
    private const string Name = "libtorch_cpu";

    private static nint _handle;

    /// <summary>Loads the library.</summary>
    /// <param name="trueSpeed">Whether to let it take its best kernels on a processor of another maker.</param>
    /// <returns>Why it is not there, or <see langword="null"/> if it is.</returns>
    public static string? Load(bool trueSpeed)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return "oneMKL comes from libtorch's package for Linux on x64; this is another system";
        }

        try
        {
            _handle = NativeLibrary.Load(Name, typeof(MklLibrary).Assembly, null);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            return $"libtorch_cpu is not there or does not load ({e.GetType().Name})";
        }

        // The choice of kernels is made once, at the first call: the answer to "Is this an Intel?" must be there before.
        if (trueSpeed && MklProcessorCheck.AnswerYes(_handle) is { } failure)
        {
            return failure;
        }

        SetDynamic(0);
        return null;
    }

    /// <summary>Sets how many threads its routines take when called from this thread.</summary>
    public static void UseThreads(int threads) => _ = SetThreads(threads);

    /// <summary>What the library says of itself.</summary>
    public static string Version()
    {
        Span<byte> text = stackalloc byte[256];
        fixed (byte* start = text)
        {
            VersionString(start, text.Length);
        }

        int end = text.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? text : text[..end]).Trim();
    }

    /// <summary>The address of a function of this library or of one that it needs.</summary>
    public static nint Export(string function) => NativeLibrary.GetExport(_handle, function);

    [LibraryImport(Name, EntryPoint = "MKL_Get_Version_String")]
    private static partial void VersionString(byte* text, int length);

    [LibraryImport(Name, EntryPoint = "MKL_Set_Num_Threads_Local")]
    private static partial int SetThreads(int threads);

    [LibraryImport(Name, EntryPoint = "MKL_Set_Dynamic")]
    private static partial void SetDynamic(int on);

    [LibraryImport(Name, EntryPoint = "sgemm_")]
    public static partial void Sgemm(
        byte* transA, byte* transB, int* m, int* n, int* k, float* alpha, float* a, int* lda, float* b, int* ldb, float* beta, float* c, int* ldc);

    [LibraryImport(Name, EntryPoint = "sgemv_")]
    public static partial void Sgemv(
        byte* trans, int* m, int* n, float* alpha, float* a, int* lda, float* x, int* incX, float* beta, float* y, int* incY);

    [LibraryImport(Name, EntryPoint = "mkl_somatcopy")]
    public static partial void TransposedCopy(
        byte* ordering, byte* trans, nuint* rows, nuint* columns, float* alpha, float* a, nuint* lda, float* b, nuint* ldb);

    [LibraryImport(Name, EntryPoint = "mkl_sparse_s_create_csr")]
    public static partial int SparseCreate(
        nint* matrix, int firstIndex, int rows, int columns, int* rowStarts, int* rowEnds, int* columnIndices, float* values);

    [LibraryImport(Name, EntryPoint = "mkl_sparse_destroy")]
    public static partial int SparseDestroy(nint matrix);

    [LibraryImport(Name, EntryPoint = "mkl_sparse_s_mm")]
    public static partial int SparseMultiply(
        int operation, float alpha, nint matrix, MatrixDescription description, int layout, float* x, int columns, int ldx, float beta, float* y, int ldy);

    [LibraryImport(Name, EntryPoint = "mkl_sparse_s_mv")]
    public static partial int SparseMultiplyVector(
        int operation, float alpha, nint matrix, MatrixDescription description, float* x, float beta, float* y);

    /// <summary>The library's matrix_descr.</summary>
    internal readonly record struct MatrixDescription(int Type, int Mode, int Diagonal);
}
