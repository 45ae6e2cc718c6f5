using SparseTraining.Reports;
using ThesisExperiments.Claims;

namespace ThesisExperiments.Reporting;

/// <summary>Bars of the numbers of parameters, dense against sparse.</summary>
internal static class ParameterFigure
{
    public static Figure? Make(string title, Evidence evidence)
    {
        double sparse = evidence.Parameters("set"), dense = evidence.DenseParameters();
        return double.IsNaN(sparse) || double.IsNaN(dense) ? null : Figures.Bars(
            title, new FigureAxis("thousand parameters") { Min = 0 }, ["Dense", "Sparse"], new BarSeries("parameters", [dense / 1000, sparse / 1000]));
    }
}
