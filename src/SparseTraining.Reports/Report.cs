using System.Globalization;
using System.Text;

namespace SparseTraining.Reports;

/// <summary>Figures and tables about one subject, for a page of their own or a part of one.</summary>
public abstract class Report
{
    private readonly List<Figure> _figures = [];
    private readonly List<Action<ReportPage, bool>> _parts = [];

    private protected Report(string title, string subtitle)
    {
        Title = title;
        Subtitle = subtitle;
    }

    /// <summary>What the report is about.</summary>
    public string Title { get; }

    /// <summary>More about it in a line; may be empty.</summary>
    public string Subtitle { get; }

    /// <summary>All figures in their order.</summary>
    public IReadOnlyList<Figure> Figures => _figures;

    /// <summary>Adds the report to a page, as a section that begins with <see cref="Title"/>.</summary>
    /// <param name="page">The page.</param>
    public void AppendTo(ReportPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        page.Heading(Title);
        if (Subtitle.Length > 0)
        {
            page.Paragraph(Subtitle);
        }

        _parts.ForEach(part => part(page, true));
    }

    /// <summary>Makes a page of the report alone.</summary>
    /// <returns>The page.</returns>
    public ReportPage ToPage()
    {
        var page = new ReportPage(Title, Subtitle);
        _parts.ForEach(part => part(page, false));
        return page;
    }

    /// <summary>Writes the report as one HTML file that needs nothing else.</summary>
    /// <param name="path">The file, overwritten if it exists.</param>
    public void Save(string path) => ToPage().Save(path);

    /// <summary>Writes every figure as SVG and PNG, named by number and title, for example <c>01-loss.svg</c>; as SVG alone where <see cref="Figure.CanDrawPng"/> is false.</summary>
    /// <param name="directory">The folder, made if there is none; files of the same names are overwritten.</param>
    /// <param name="scale">Pixels per point of the PNG files, in [0.1, 10].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scale"/> is out of range.</exception>
    public void SaveFigures(string directory, double scale = 2)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        Figure.ThrowIfNotScale(scale);
        Directory.CreateDirectory(directory);
        for (int i = 0; i < _figures.Count; i++)
        {
            string path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{i + 1:D2}-{FileName(_figures[i].Title)}"));
            _figures[i].SaveSvg(path + ".svg");
            if (Figure.CanDrawPng)
            {
                _figures[i].SavePng(path + ".png", scale);
            }
        }
    }

    /// <summary>Begins a part of the report: a section of its own page, or a subsection of another one.</summary>
    private protected void AddHeading(string text) => _parts.Add((page, isSection) => _ = isSection ? page.Subheading(text) : page.Heading(text));

    private protected void Add(Action<ReportPage> part) => _parts.Add((page, _) => part(page));

    private protected void Add(Figure figure, string caption = "")
    {
        _figures.Add(figure);
        Add(page => page.Add(figure, caption));
    }

    private protected void AddRow(IReadOnlyList<Figure> figures)
    {
        _figures.AddRange(figures);
        Add(page => page.AddRow(figures));
    }

    /// <summary>Lower case, hyphens for all that is no letter or digit.</summary>
    private static string FileName(string title)
    {
        var name = new StringBuilder();
        foreach (char letter in title)
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                name.Append(char.ToLowerInvariant(letter));
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        return name.ToString().TrimEnd('-');
    }
}
