using System.Text;

namespace SparseTraining.Reports.Pages;

/// <summary>A table that scrolls sideways within its own frame where the screen is narrower.</summary>
internal static class HtmlTable
{
    public static string Make(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(rows);
        if (headers.Count == 0)
        {
            throw new ArgumentException("A table needs at least one column.", nameof(headers));
        }

        IReadOnlyList<string>[] lines = [.. rows];
        for (int r = 0; r < lines.Length; r++)
        {
            if (lines[r].Count != headers.Count)
            {
                throw new ArgumentException($"Row {r} has {lines[r].Count} cells for {headers.Count} columns.", nameof(rows));
            }
        }

        bool[] isNumeric = [.. Enumerable.Range(0, headers.Count).Select(c => lines.Length > 0 && lines.All(line => IsNumber(line[c])) && lines.Any(line => line[c].Any(char.IsAsciiDigit)))];
        var table = new StringBuilder("<div class=\"table\"><table><thead>");
        AppendRow(table, "th", headers, isNumeric);
        table.Append("</thead><tbody>");
        foreach (IReadOnlyList<string> line in lines)
        {
            AppendRow(table, "td", line, isNumeric);
        }

        return table.Append("</tbody></table></div>\n").ToString();
    }

    private static void AppendRow(StringBuilder table, string element, IReadOnlyList<string> cells, bool[] isNumeric)
    {
        table.Append("<tr>");
        for (int c = 0; c < cells.Count; c++)
        {
            table.Append('<').Append(element).Append(isNumeric[c] ? " class=\"n\">" : ">").Append(Html.Escape(cells[c])).Append("</").Append(element).Append('>');
        }

        table.Append("</tr>\n");
    }

    /// <summary>Whether a cell reads as a number, with a unit of a few letters perhaps, or says that there is none.</summary>
    private static bool IsNumber(string cell)
    {
        string text = cell.Trim();
        if (text.Length == 0 || text is "–" or "—" or "-")
        {
            return true;
        }

        string bare = text.TrimStart('+', '-', '−', '±', '≈', '<', '>', '≤', '≥', '×', ' ', '$');
        return bare.Length > 0 && char.IsAsciiDigit(bare[0]) && bare.Count(char.IsLetter) <= 4;
    }
}
