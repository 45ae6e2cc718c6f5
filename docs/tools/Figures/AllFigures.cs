namespace SparseTraining.Tools.Figures;

/// <summary>Each figure by its file name.</summary>
public static class AllFigures
{
    public static IReadOnlyDictionary<string, string> Draw(string root) => new Dictionary<string, string>
    {
        ["zeta.svg"] = ZetaFigure.Draw(),
        ["speed.svg"] = SpeedFigure.Draw(Path.Combine(root, "benchmarks", "results", "amd-epyc", "comparison.json")),
    };
}
