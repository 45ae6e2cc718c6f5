namespace SparseTraining.Datasets.Input;

/// <summary>Brings pixels into [0, 1].</summary>
internal static class PixelScale
{
    /// <summary>Divides (rather than multiplying by a rounded reciprocal), so that the largest pixel becomes exactly 1.</summary>
    public static void DivideBy(Span<float> pixels, float largest)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] /= largest;
        }
    }
}
