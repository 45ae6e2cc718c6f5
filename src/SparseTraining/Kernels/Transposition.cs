using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparseTraining.Kernels;

/// <summary>Puts samples' features, floats or bytes, into columns of a feature-major tile.</summary>
internal static class Transposition
{
    /// <summary>tile[f, column + i] = rows_i[f], for eight rows of equal length that lie anywhere.</summary>
    /// <remarks>Eight rows at once fill half a cache line of each tile row, so that the stores are full vectors.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void EightRows(
        ReadOnlySpan<float> row0,
        ReadOnlySpan<float> row1,
        ReadOnlySpan<float> row2,
        ReadOnlySpan<float> row3,
        ReadOnlySpan<float> row4,
        ReadOnlySpan<float> row5,
        ReadOnlySpan<float> row6,
        ReadOnlySpan<float> row7,
        Span<float> tile,
        int width,
        int column)
    {
        int count = row0.Length;
        row1 = row1[..count];
        row2 = row2[..count];
        row3 = row3[..count];
        row4 = row4[..count];
        row5 = row5[..count];
        row6 = row6[..count];
        row7 = row7[..count];
        ref float destination = ref MemoryMarshal.GetReference(tile[column..]);
        for (int f = 0; f < count; f++)
        {
            Vector256.Create(row0[f], row1[f], row2[f], row3[f], row4[f], row5[f], row6[f], row7[f])
                .StoreUnsafe(ref Unsafe.Add(ref destination, (nint)f * width));
        }
    }

    /// <summary>tile[f, column] = row[f].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OneRow(ReadOnlySpan<float> row, Span<float> tile, int width, int column)
    {
        if (width == 1)
        {
            row.CopyTo(tile);
            return;
        }

        ref float destination = ref MemoryMarshal.GetReference(tile[column..]);
        for (int f = 0; f < row.Length; f++)
        {
            Unsafe.Add(ref destination, (nint)f * width) = row[f];
        }
    }

    /// <summary>tile[f, column + i] = numbers[rows_i[f]], for eight rows of bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void EightRows(
        ReadOnlySpan<byte> row0,
        ReadOnlySpan<byte> row1,
        ReadOnlySpan<byte> row2,
        ReadOnlySpan<byte> row3,
        ReadOnlySpan<byte> row4,
        ReadOnlySpan<byte> row5,
        ReadOnlySpan<byte> row6,
        ReadOnlySpan<byte> row7,
        ReadOnlySpan<float> numbers,
        Span<float> tile,
        int width,
        int column)
    {
        int count = row0.Length;
        row1 = row1[..count];
        row2 = row2[..count];
        row3 = row3[..count];
        row4 = row4[..count];
        row5 = row5[..count];
        row6 = row6[..count];
        row7 = row7[..count];
        ref float n = ref MemoryMarshal.GetReference(numbers[..256]);
        ref float destination = ref MemoryMarshal.GetReference(tile[column..]);
        for (int f = 0; f < count; f++)
        {
            Vector256.Create(
                    Unsafe.Add(ref n, row0[f]),
                    Unsafe.Add(ref n, row1[f]),
                    Unsafe.Add(ref n, row2[f]),
                    Unsafe.Add(ref n, row3[f]),
                    Unsafe.Add(ref n, row4[f]),
                    Unsafe.Add(ref n, row5[f]),
                    Unsafe.Add(ref n, row6[f]),
                    Unsafe.Add(ref n, row7[f]))
                .StoreUnsafe(ref Unsafe.Add(ref destination, (nint)f * width));
        }
    }

    /// <summary>tile[f, column] = numbers[row[f]].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OneRow(ReadOnlySpan<byte> row, ReadOnlySpan<float> numbers, Span<float> tile, int width, int column)
    {
        ref float destination = ref MemoryMarshal.GetReference(tile[column..]);
        for (int f = 0; f < row.Length; f++)
        {
            Unsafe.Add(ref destination, (nint)f * width) = numbers[row[f]];
        }
    }
}
