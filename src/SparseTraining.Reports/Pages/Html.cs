using SparseTraining.Reports.Drawing;

namespace SparseTraining.Reports.Pages;

/// <summary>The frame of a page.</summary>
internal static class Html
{
    private static readonly Lazy<string> StyleSheet = new(ReadStyleSheet);

    public static string Escape(string text) => XmlText.Escape(text);

    public static string Document(string title, string subtitle, string body) =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Escape(title)}</title>
        <style>
        {StyleSheet.Value}
        @media screen and (prefers-color-scheme: dark) {"{" + Role.DarkRules + "}"}
        </style>
        </head>
        <body>
        <main>
        <header><h1>{Escape(title)}</h1>{(subtitle.Length == 0 ? "" : $"<p>{Escape(subtitle)}</p>")}</header>
        {body}</main>
        </body>
        </html>

        """;

    private static string ReadStyleSheet()
    {
        using Stream stream = typeof(Html).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }
}
