namespace SparseTraining.Datasets.Imaging;

/// <summary>Applies an <see cref="ImageChange"/>: every pixel of the result looks up where it comes from.</summary>
internal static class ImageTransform
{
    /// <summary>Changes an image.</summary>
    /// <param name="source">Channels × height × width.</param>
    /// <param name="destination">As many values; must not overlap the source.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="change">What is done.</param>
    /// <param name="fill">The value of everything outside the source.</param>
    public static void Apply(
        ReadOnlySpan<float> source, Span<float> destination, ImageShape shape, ImageChange change, float fill)
    {
        int plane = shape.Height * shape.Width;
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            ReadOnlySpan<float> from = source.Slice(channel * plane, plane);
            Span<float> to = destination.Slice(channel * plane, plane);
            if (change.IsTurned)
            {
                Turn(from, to, shape, change, fill);
            }
            else
            {
                Move(from, to, shape, change, fill);
            }
        }
    }

    private static void Move(
        ReadOnlySpan<float> source, Span<float> destination, ImageShape shape, ImageChange change, float fill)
    {
        int width = shape.Width;
        int first = Math.Max(change.Right, 0);
        int length = width - Math.Abs(change.Right);
        for (int y = 0; y < shape.Height; y++)
        {
            Span<float> row = destination.Slice(y * width, width);
            int sourceY = y - change.Down;
            if (sourceY < 0 || sourceY >= shape.Height)
            {
                row.Fill(fill);
                continue;
            }

            ReadOnlySpan<float> sourceRow = source.Slice(sourceY * width, width);
            row[..first].Fill(fill);
            row[(first + length)..].Fill(fill);
            Span<float> kept = row.Slice(first, length);

            // Before the shift the kept pixels began at column `start`, counted in the mirrored image if there is a flip.
            int start = first - change.Right;
            if (change.Flip)
            {
                sourceRow.Slice(width - start - length, length).CopyTo(kept);
                kept.Reverse();
            }
            else
            {
                sourceRow.Slice(start, length).CopyTo(kept);
            }
        }
    }

    private static void Turn(
        ReadOnlySpan<float> source, Span<float> destination, ImageShape shape, ImageChange change, float fill)
    {
        double centreX = (shape.Width - 1) / 2.0;
        double centreY = (shape.Height - 1) / 2.0;
        for (int y = 0; y < shape.Height; y++)
        {
            double v = y - change.Down - centreY;
            for (int x = 0; x < shape.Width; x++)
            {
                double u = x - change.Right - centreX;
                double sourceX = change.Cosine * u - change.Sine * v + centreX;
                double sourceY = change.Sine * u + change.Cosine * v + centreY;
                sourceX = change.Flip ? shape.Width - 1 - sourceX : sourceX;
                destination[y * shape.Width + x] = Interpolate(source, shape, sourceX, sourceY, fill);
            }
        }
    }

    private static float Interpolate(ReadOnlySpan<float> source, ImageShape shape, double x, double y, float fill)
    {
        int left = (int)Math.Floor(x);
        int top = (int)Math.Floor(y);
        double right = x - left;
        double bottom = y - top;
        double upper = (1 - right) * Pixel(source, shape, left, top, fill) + right * Pixel(source, shape, left + 1, top, fill);
        double lower = (1 - right) * Pixel(source, shape, left, top + 1, fill)
            + right * Pixel(source, shape, left + 1, top + 1, fill);
        return (float)((1 - bottom) * upper + bottom * lower);
    }

    private static float Pixel(ReadOnlySpan<float> source, ImageShape shape, int x, int y, float fill) =>
        (uint)x < (uint)shape.Width && (uint)y < (uint)shape.Height ? source[y * shape.Width + x] : fill;
}
