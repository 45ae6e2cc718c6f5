using SparseTraining.Benchmarks.Comparison;
using SparseTraining.Benchmarks.Comparison.Results;

namespace SparseTraining.Benchmarks.Report;

/// <summary>One pass of a layer against one variable.</summary>
/// <param name="Variable"><c>density</c> at one width, or <c>links</c> over several.</param>
/// <param name="Kind">The pass.</param>
/// <param name="Rows">In ascending order of the variable.</param>
internal sealed record Sweep(string Variable, WorkKind Kind, Row[] Rows)
{
    public const string DensityVariable = "density";
    public const string LinksVariable = "links";

    public bool IsDensity => Variable == DensityVariable;

    /// <summary>Where a row stands: density in percent, or links.</summary>
    public double Position(Row row) => IsDensity ? 100 * row.Work.Density : row.Work.Links;

    /// <summary>Takes apart the rows of a run: the width that occurs most often is that of the sweep over density.</summary>
    public static IEnumerable<Sweep> AllOf(Row[] rows)
    {
        int width = rows.CountBy(row => row.Work.Inputs).MaxBy(pair => pair.Value).Key;
        foreach (WorkKind kind in (WorkKind[])[WorkKind.Forward, WorkKind.Backward, WorkKind.Update])
        {
            Row[] ofKind = [.. rows.Where(row => row.Work.Kind == kind)];

            // The last row of that width belongs to the sweep over links.
            Row[] density = [.. ofKind.Where(row => row.Work.Inputs == width)];
            Row[] links = [.. ofKind.Where(row => row.Work.Inputs != width), .. density.TakeLast(1)];
            yield return new Sweep(DensityVariable, kind, [.. density.SkipLast(1).OrderBy(row => row.Work.Links)]);
            yield return new Sweep(LinksVariable, kind, [.. links.OrderBy(row => row.Work.Links)]);
        }
    }
}
