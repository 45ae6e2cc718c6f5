using System.Diagnostics.CodeAnalysis;

namespace SparseTraining.Kernels;

/// <summary>Shape and overlap checks of elementwise code; each runs once per array, not per element.</summary>
internal static class ElementwiseChecks
{
    /// <summary>
    /// Requires equal lengths and no shifted overlap: an element may be written where it was read, but not where
    /// another one is still to be read.
    /// </summary>
    public static void ThrowIfNotAligned(
        ReadOnlySpan<float> source, ReadOnlySpan<float> destination, string sourceName, string destinationName)
    {
        ThrowIfLengthDiffers(source.Length, destination.Length, sourceName, destinationName);
        if (source.Overlaps(destination, out int shift) && shift != 0)
        {
            ThrowShifted(sourceName, destinationName, shift);
        }
    }

    /// <summary>Requires that two arrays which are both written, or of which only one is, share no memory.</summary>
    public static void ThrowIfOverlapping(
        ReadOnlySpan<float> first, ReadOnlySpan<float> second, string firstName, string secondName)
    {
        if (first.Overlaps(second))
        {
            throw new ArgumentException(
                $"{secondName} shares memory with {firstName}; the two must be apart.", secondName);
        }
    }

    /// <summary>Requires equal lengths.</summary>
    public static void ThrowIfLengthDiffers(int expected, int actual, string expectedName, string actualName)
    {
        if (expected != actual)
        {
            throw new ArgumentException(
                $"{actualName} has {actual} values; it needs {expected}, as many as {expectedName}.", actualName);
        }
    }

    /// <summary>Requires a feature-major block of whole rows.</summary>
    public static void ThrowIfNotRows(int length, int width, string blockName)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (length % width != 0)
        {
            throw new ArgumentException(
                $"{blockName} has {length} values, which is not a whole number of rows of width {width}.", blockName);
        }
    }

    [DoesNotReturn]
    private static void ThrowShifted(string sourceName, string destinationName, int shift) =>
        throw new ArgumentException(
            $"{destinationName} overlaps {sourceName} with a shift of {shift}; it must be the same memory or apart from it.",
            destinationName);
}
