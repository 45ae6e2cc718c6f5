using System.Globalization;
using System.Text;

namespace MLNetComparison;

/// <summary>
/// Reads a table as R's write.csv leaves it: a header, quoted text, missing values empty, the target last, and the task as the
/// beginning of the file's name (multiclass_, binary_, regression_). Columns of numbers stay numbers; a column of text becomes
/// one 0/1 feature a category.
/// </summary>
internal static class CsvTable
{
    private const int MostCategories = 100;

    public static Table Read(string path)
    {
        string[] name = Path.GetFileNameWithoutExtension(path).Split('_', 2);
        var task = Enum.Parse<Task>(name[0], ignoreCase: true);
        List<string[]> lines = [.. File.ReadLines(path).Skip(1).Select(Split)];
        int columns = lines[0].Length - 1;
        var features = lines.Select(_ => new List<float>()).ToArray();
        for (int c = 0; c < columns; c++)
        {
            string[] values = [.. lines.Select(line => line[c])];
            if (values.All(value => value.Length == 0 || TryNumber(value, out _)))
            {
                Add(i => TryNumber(values[i], out float number) ? number : float.NaN);
                continue;
            }

            string[] categories = [.. values.Where(value => value.Length > 0).Distinct().Order(StringComparer.Ordinal).Take(MostCategories)];
            foreach (string category in categories)
            {
                Add(i => values[i] == category ? 1 : 0);
            }
        }

        string first = lines.Select(line => line[columns]).Min(StringComparer.Ordinal)!;
        return new Table(name[1], task, [.. lines.Select((line, i) => new Example
        {
            Features = [.. features[i]],
            Name = line[columns],
            Answer = line[columns] != first,
            Value = task == Task.Regression ? float.Parse(line[columns], CultureInfo.InvariantCulture) : 0,
        })]);

        void Add(Func<int, float> feature)
        {
            for (int i = 0; i < features.Length; i++)
            {
                features[i].Add(feature(i));
            }
        }
    }

    private static bool TryNumber(string text, out float number) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && float.IsFinite(number);

    private static string[] Split(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        foreach (char c in line)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return [.. fields];
    }
}
