namespace SparseTraining.Kernels;

/// <summary>
/// Links for prediction: sixteen rows of about the same number of links make a slice, and as many links of each as all of them have lie
/// side by side, so that sixteen weights and indices are read together (sliced ELLPACK, "SELL-C-σ", Kreutzer et al. 2014). What a row
/// has more follows at the slice's end, row after row; nothing is padded.
/// </summary>
/// <param name="firstRow">The output that y begins with.</param>
/// <param name="rows">The output of each position: slice after slice, sixteen to a slice, the last one with what is left.</param>
/// <param name="commonStarts">For each slice the entry that its side-by-side part starts at.</param>
/// <param name="tailStarts">For each slice the entry that this part ends at.</param>
/// <param name="tailEnds">For each position the entry that its tail ends at; it starts where the one before ends.</param>
/// <param name="columns">The input of each entry.</param>
internal readonly ref struct SlicedLinks(
    int firstRow, ReadOnlySpan<int> rows, ReadOnlySpan<int> commonStarts, ReadOnlySpan<int> tailStarts, ReadOnlySpan<int> tailEnds, IndexSpan columns)
{
    /// <summary>Rows of a slice.</summary>
    public const int Height = 16;

    public readonly int FirstRow = firstRow;
    public readonly ReadOnlySpan<int> Rows = rows;
    public readonly ReadOnlySpan<int> CommonStarts = commonStarts;
    public readonly ReadOnlySpan<int> TailStarts = tailStarts;
    public readonly ReadOnlySpan<int> TailEnds = tailEnds;
    public readonly IndexSpan Columns = columns;
}
