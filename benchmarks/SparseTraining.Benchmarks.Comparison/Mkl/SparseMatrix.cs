using System.Runtime.InteropServices;
using SparseTraining.Topology;

namespace SparseTraining.Benchmarks.Comparison.Mkl;

/// <summary>A matrix in oneMKL's compressed sparse rows, with its products; its memory never moves.</summary>
internal sealed unsafe class SparseMatrix : IDisposable
{
    private const int General = 20;
    private readonly int* _rowPointers;
    private readonly int* _columns;
    private readonly NativeFloats _values;
    private readonly nint _handle;

    private SparseMatrix(int rows, int columns, ReadOnlySpan<int> rowPointers, ReadOnlySpan<int> columnIndices, ReadOnlySpan<float> values)
    {
        Rows = rows;
        Columns = columns;
        _rowPointers = Copy(rowPointers);
        _columns = Copy(columnIndices);
        _values = new NativeFloats(values);
        nint handle;
        Check(MklLibrary.SparseCreate(&handle, 0, rows, columns, _rowPointers, _rowPointers + 1, _columns, _values.Pointer));
        _handle = handle;
    }

    /// <summary>How the routine reads the blocks X and Y.</summary>
    internal enum Layout
    {
        /// <summary>[features, samples].</summary>
        FeatureMajor = 101,

        /// <summary>[samples, features].</summary>
        SampleMajor = 102,
    }

    /// <summary>Whether the matrix is taken as it is stored.</summary>
    internal enum Operation
    {
        Plain = 10,
        Transposed = 11,
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Takes over links and their values in storage order.</summary>
    public static SparseMatrix Create(WeightMask mask, ReadOnlySpan<float> values)
    {
        var columns = new int[mask.LinkCount];
        for (int row = 0; row < mask.Rows; row++)
        {
            mask.CopyColumns(row, columns.AsSpan(mask.RowPointers[row], mask.RowLinkCount(row)));
        }

        return new SparseMatrix(mask.Rows, mask.Columns, mask.RowPointers, columns, values);
    }

    /// <summary>The same links with rows and columns exchanged, stored as such.</summary>
    public static SparseMatrix CreateTransposed(WeightMask mask, ReadOnlySpan<float> values)
    {
        var pointers = new int[mask.Columns + 1];
        foreach (Link link in mask)
        {
            pointers[link.Column + 1]++;
        }

        for (int column = 0; column < mask.Columns; column++)
        {
            pointers[column + 1] += pointers[column];
        }

        int[] next = [.. pointers];
        var rows = new int[mask.LinkCount];
        var transposed = new float[mask.LinkCount];
        int source = 0;
        foreach (Link link in mask)
        {
            int target = next[link.Column]++;
            rows[target] = link.Row;
            transposed[target] = values[source++];
        }

        return new SparseMatrix(mask.Columns, mask.Rows, pointers, rows, transposed);
    }

    /// <summary>Y = A X, or Aᵀ X.</summary>
    public void Multiply(Operation operation, Layout layout, float* x, float* y, int samples)
    {
        bool plain = operation == Operation.Plain;
        bool featureMajor = layout == Layout.FeatureMajor;
        int ldx = featureMajor ? samples : plain ? Columns : Rows;
        int ldy = featureMajor ? samples : plain ? Rows : Columns;
        Check(MklLibrary.SparseMultiply(
            (int)operation, 1f, _handle, new MklLibrary.MatrixDescription(General, 0, 0), (int)layout, x, samples, ldx, 0f, y, ldy));
    }

    /// <summary>y = A x.</summary>
    public void Multiply(float* x, float* y) =>
        Check(MklLibrary.SparseMultiplyVector(
            (int)Operation.Plain, 1f, _handle, new MklLibrary.MatrixDescription(General, 0, 0), x, 0f, y));

    public void Dispose()
    {
        Check(MklLibrary.SparseDestroy(_handle));
        _values.Dispose();
        NativeMemory.Free(_rowPointers);
        NativeMemory.Free(_columns);
    }

    private static int* Copy(ReadOnlySpan<int> values)
    {
        var copy = (int*)NativeMemory.Alloc((nuint)values.Length, sizeof(int));
        values.CopyTo(new Span<int>(copy, values.Length));
        return copy;
    }

    private static void Check(int status)
    {
        if (status != 0)
        {
            throw new InvalidOperationException($"A sparse routine of oneMKL failed with status {status}.");
        }
    }
}
