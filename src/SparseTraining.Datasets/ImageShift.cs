namespace SparseTraining.Datasets;

/// <summary>How far an image may be shifted along one axis, in whole pixels or as a fraction of its size.</summary>
public readonly record struct ImageShift
{
    private readonly double _amount;
    private readonly bool _isFraction;

    private ImageShift(double amount, bool isFraction)
    {
        _amount = amount;
        _isFraction = isFraction;
    }

    /// <summary>No shift.</summary>
    public static ImageShift None => default;

    /// <summary>Says the largest shift in pixels.</summary>
    /// <param name="pixels">At least 0.</param>
    /// <returns>The shift.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static ImageShift Pixels(int pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pixels);
        return new(pixels, false);
    }

    /// <summary>Says the largest shift as a fraction of the image's size along the axis, rounded down to whole pixels.</summary>
    /// <param name="fraction">In [0, 1).</param>
    /// <returns>The shift.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in [0, 1).</exception>
    public static ImageShift Fraction(double fraction) => fraction is >= 0 and < 1
        ? new(fraction, true)
        : throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A shift as a fraction must lie in [0, 1).");

    /// <inheritdoc/>
    public override string ToString() => _isFraction ? $"{_amount} of the size" : $"{_amount} pixels";

    /// <summary>The largest shift in pixels of an axis of this size.</summary>
    internal int Largest(int size) => (int)(_isFraction ? Math.Floor(_amount * size) : _amount);
}
