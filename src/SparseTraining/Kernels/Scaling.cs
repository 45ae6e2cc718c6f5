namespace SparseTraining.Kernels;

/// <summary>Scales feature-major rows: x[f, s] ← (x[f, s] − offset[f]) · scale[f].</summary>
internal static class Scaling
{
    public static void Rows(Span<float> block, int width, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales)
    {
        for (int f = 0; f < offsets.Length; f++)
        {
            Arithmetic.ShiftAndScale(block.Slice(f * width, width), offsets[f], scales[f]);
        }
    }
}
