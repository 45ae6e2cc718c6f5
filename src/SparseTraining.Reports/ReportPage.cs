using System.Globalization;
using System.Text;
using SparseTraining.Reports.Pages;

namespace SparseTraining.Reports;

/// <summary>
/// A page of text, tables and figures as one HTML file that needs nothing else: readable in light and dark, on a phone and
/// on paper. All texts are taken literally. Methods return the page, so that calls can be chained.
/// </summary>
public sealed class ReportPage
{
    private readonly StringBuilder _body = new();
    private int _figures;

    /// <summary>Begins a page.</summary>
    /// <param name="title">What stands on top and in the browser's title.</param>
    /// <param name="subtitle">A line below it, or empty.</param>
    public ReportPage(string title, string subtitle = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(subtitle);
        Title = title;
        Subtitle = subtitle;
    }

    /// <summary>What stands on top.</summary>
    public string Title { get; }

    /// <summary>The line below the title; may be empty.</summary>
    public string Subtitle { get; }

    /// <summary>Begins a section.</summary>
    /// <param name="text">Its heading.</param>
    /// <returns>This page.</returns>
    public ReportPage Heading(string text) => Append("h2", text);

    /// <summary>Begins a part of a section.</summary>
    /// <param name="text">Its heading.</param>
    /// <returns>This page.</returns>
    public ReportPage Subheading(string text) => Append("h3", text);

    /// <summary>Adds a paragraph.</summary>
    /// <param name="text">Its text.</param>
    /// <returns>This page.</returns>
    public ReportPage Paragraph(string text) => Append("p", text);

    /// <summary>Adds the numbers that a reader looks for first, as tiles.</summary>
    /// <param name="facts">A name and a value each.</param>
    /// <returns>This page.</returns>
    public ReportPage Facts(params IEnumerable<(string Name, string Value)> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        _body.Append("<dl class=\"facts\">");
        foreach ((string name, string value) in facts)
        {
            _body.Append(CultureInfo.InvariantCulture, $"<div><dt>{Html.Escape(name)}</dt><dd>{Html.Escape(value)}</dd></div>");
        }

        _body.Append("</dl>\n");
        return this;
    }

    /// <summary>Adds a table. Columns whose cells are all numbers are set flush right.</summary>
    /// <param name="headers">One text a column, at least one.</param>
    /// <param name="rows">One list of cells a row, as long as <paramref name="headers"/>.</param>
    /// <returns>This page.</returns>
    /// <exception cref="ArgumentException">There is no column, or a row has another number of cells.</exception>
    public ReportPage Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        _body.Append(HtmlTable.Make(headers, rows));
        return this;
    }

    /// <summary>Adds what a run says about a claim.</summary>
    /// <param name="verdict">Whether it holds.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="reason">The numbers behind the verdict, or empty.</param>
    /// <returns>This page.</returns>
    public ReportPage Finding(Verdict verdict, string claim, string reason = "")
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(reason);
        (string name, string word) = verdict switch
        {
            Verdict.Holds => ("holds", "✓ holds"),
            Verdict.Fails => ("fails", "✗ does not hold"),
            Verdict.Open => ("open", "≈ cannot tell"),
            _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "There is no such verdict."),
        };
        _body.Append(
            CultureInfo.InvariantCulture,
            $"<div class=\"finding {name}\"><strong>{word}</strong><p>{Html.Escape(claim)}</p>{(reason.Length == 0 ? "" : $"<p class=\"reason\">{Html.Escape(reason)}</p>")}</div>\n");
        return this;
    }

    /// <summary>Adds a figure across the page.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="caption">What to see in it, or empty.</param>
    /// <returns>This page.</returns>
    public ReportPage Add(Figure figure, string caption = "")
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(caption);
        Begin(figure);
        _body.Append(figure.ToInlineSvg(isNarrow: false, NewId(), "wide")).Append(figure.ToInlineSvg(isNarrow: true, NewId(), "narrow"));
        End(caption);
        return this;
    }

    /// <summary>Adds small figures side by side, or one below the other where the screen is narrow.</summary>
    /// <param name="figures">The figures.</param>
    /// <returns>This page.</returns>
    public ReportPage AddRow(params IEnumerable<Figure> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        _body.Append("<div class=\"row\">");
        foreach (Figure figure in figures)
        {
            Begin(figure);
            _body.Append(figure.ToInlineSvg(isNarrow: true, NewId(), ""));
            End("");
        }

        _body.Append("</div>\n");
        return this;
    }

    /// <summary>Writes out the page.</summary>
    /// <returns>An HTML document.</returns>
    public string ToHtml() => Html.Document(Title, Subtitle, _body.ToString());

    /// <summary>Writes the page to a file.</summary>
    /// <param name="path">The file, overwritten if it exists.</param>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        File.WriteAllText(path, ToHtml());
    }

    private ReportPage Append(string element, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _body.Append(CultureInfo.InvariantCulture, $"<{element}>{Html.Escape(text)}</{element}>\n");
        return this;
    }

    private string NewId() => string.Create(CultureInfo.InvariantCulture, $"f{++_figures}");

    private void Begin(Figure figure) => _body.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{Html.Escape(figure.Title)}</figcaption>");

    private void End(string caption) =>
        _body.Append(caption.Length == 0 ? "" : $"<p class=\"caption\">{Html.Escape(caption)}</p>").Append("</figure>\n");
}
