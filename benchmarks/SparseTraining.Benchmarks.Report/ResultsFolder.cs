using SparseTraining.Benchmarks.Comparison.Results;
using SparseTraining.Benchmarks.Training.Scale;

namespace SparseTraining.Benchmarks.Report;

/// <summary>The results of one processor: numbers, pages and figures, all written anew from a run.</summary>
internal static class ResultsFolder
{
    /// <summary>A processor's name as a folder's: lower case, hyphens.</summary>
    public static string NameOf(Machine machine)
    {
        char[] letters = [.. machine.Processor.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-')];
        return string.Join('-', new string(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Writes all that a run gives.</summary>
    /// <returns>The page.</returns>
    public static string Write(string folder, ComparisonFile run)
    {
        Directory.CreateDirectory(folder);
        Row[] layers = [.. run.Rows.Where(row => row.Work.Inputs > 0)];
        Row[] networks = [.. run.Rows.Except(layers)];

        // A comparison has a row or two of one layer; a sweep has nothing else.
        bool isSweep = layers.Length > 0 && networks.Length == 0;
        string name = isSweep ? "sweep" : "comparison";
        run.Save(Path.Combine(folder, name + ".json"));
        string page = Path.Combine(folder, name + ".md");
        File.WriteAllText(page, isSweep ? SweepPage.Text(run, Figures(folder, layers)) : ComparisonPage.Text(run));
        return page;
    }

    /// <summary>Writes all that a curve over sizes gives.</summary>
    /// <returns>The page.</returns>
    public static string Write(string folder, ScaleFile run)
    {
        const string Name = "scale";
        Directory.CreateDirectory(folder);
        run.Save(Path.Combine(folder, Name + ".json"));
        ScaleFigure.Save(run, Path.Combine(folder, Name));
        string page = Path.Combine(folder, Name + ".md");
        File.WriteAllText(page, ScalePage.Text(run, Name));
        return page;
    }

    private static List<string> Figures(string folder, Row[] rows)
    {
        var names = new List<string>();
        foreach (Sweep sweep in Sweep.AllOf(rows))
        {
            string name = $"{sweep.Variable}-{sweep.Kind.ToString().ToLowerInvariant()}";
            SweepFigure.Save(sweep, Path.Combine(folder, name));
            names.Add(name);
        }

        return names;
    }
}
