using System.Runtime.InteropServices;

namespace SparseTraining.Tests.Kernels;

/// <summary>
/// Floats that end exactly where memory ends: on Linux the next page is closed, so that a kernel which reads or writes one
/// lane too far crashes the test run instead of passing by luck. Elsewhere ordinary memory.
/// </summary>
internal sealed unsafe partial class GuardedBuffer : IDisposable
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private readonly nint _mapping;
    private readonly nuint _mappedBytes;
    private readonly float* _start;
    private readonly int _length;

    public GuardedBuffer(int length)
    {
        _length = length;
        nuint page = (nuint)Environment.SystemPageSize;
        nuint bytes = (nuint)length * sizeof(float);
        nuint usable = (bytes + page - 1) / page * page;
        if (OperatingSystem.IsLinux())
        {
            _mappedBytes = usable + page;
            _mapping = Map(0, _mappedBytes, ReadWrite, PrivateAnonymous, -1, 0);
            Assert.NotEqual(-1, _mapping);
            Assert.Equal(0, Protect(_mapping + (nint)usable, page, 0));
            _start = (float*)(_mapping + (nint)(usable - bytes));
        }
        else
        {
            _mapping = (nint)NativeMemory.Alloc(bytes + sizeof(float));
            _start = (float*)_mapping;
        }
    }

    public GuardedBuffer(ReadOnlySpan<float> values)
        : this(values.Length) => values.CopyTo(Span);

    public Span<float> Span => new(_start, _length);

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(0, Unmap(_mapping, _mappedBytes));
        }
        else
        {
            NativeMemory.Free((void*)_mapping);
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
