namespace SparseTraining.Datasets;

/// <summary>
/// By how much each image of a training pass is changed at most. Everything is off by default; the amounts of each
/// sample are drawn uniformly and independently.
/// </summary>
public sealed class ImageAugmentationOptions
{
    /// <summary>The largest shift to the left or right; always by whole pixels, so that nothing blurs.</summary>
    public ImageShift HorizontalShift { get; init; }

    /// <summary>The largest shift up or down; always by whole pixels, so that nothing blurs.</summary>
    public ImageShift VerticalShift { get; init; }

    /// <summary>How often the image is mirrored left to right, in [0, 1]; 0.5 is usual.</summary>
    public double HorizontalFlipProbability { get; init; }

    /// <summary>The largest turn about the centre in either direction, in degrees from 0 to 180; bilinear.</summary>
    public double RotationDegrees { get; init; }

    /// <summary>What is put where the image was moved away from; 0 by default.</summary>
    public float Fill { get; init; }

    internal void Validate(ImageShape shape)
    {
        ThrowIfTooFar(HorizontalShift, shape.Width, nameof(HorizontalShift));
        ThrowIfTooFar(VerticalShift, shape.Height, nameof(VerticalShift));
        if (HorizontalFlipProbability is not (>= 0 and <= 1))
        {
            throw new ArgumentException(
                $"{nameof(HorizontalFlipProbability)} is {HorizontalFlipProbability}; it must lie in [0, 1].");
        }

        if (RotationDegrees is not (>= 0 and <= 180))
        {
            throw new ArgumentException($"{nameof(RotationDegrees)} is {RotationDegrees}; it must lie in [0, 180].");
        }

        if (!float.IsFinite(Fill))
        {
            throw new ArgumentException($"{nameof(Fill)} is {Fill}; it must be finite.");
        }
    }

    private static void ThrowIfTooFar(ImageShift shift, int size, string name)
    {
        if (shift.Largest(size) >= size)
        {
            throw new ArgumentException($"{name} is {shift}; an image of {size} pixels can be shifted by {size - 1} at most.");
        }
    }
}
