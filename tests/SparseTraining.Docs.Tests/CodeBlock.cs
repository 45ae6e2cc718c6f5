using System.Text.RegularExpressions;

namespace Docs.Tests;

/// <summary>
/// A C# block of a page, with what the HTML comment above it says. Readers of the rendered page do not see the comment, so
/// the text stays natural; CONTRIBUTING.md describes what may stand in it.
/// </summary>
/// <param name="Page">The page, relative to the repository's root.</param>
/// <param name="Line">The 1-based line of the block's first line of code.</param>
/// <param name="Code">The code as the test compiles it, replacements made.</param>
/// <param name="Before">What the test puts before the block's own statements; empty for most.</param>
/// <param name="After">What the test puts after them; empty for most.</param>
/// <param name="Continues">Whether the block goes on where the block before it ended.</param>
/// <param name="Namespaces">Namespaces that the page's text tells the reader to add: <c>`using Name;`</c>.</param>
internal sealed partial record CodeBlock(
    string Page, int Line, string Code, string Before, string After, bool Continues, IReadOnlyList<string> Namespaces)
{
    public static IReadOnlyList<CodeBlock> On(string page) => In(page, Repository.Read(page));

    public static IReadOnlyList<CodeBlock> In(string page, string text)
    {
        var blocks = new List<CodeBlock>();
        string[] namespaces = [.. Using().Matches(text).Select(match => match.Groups["name"].Value)];
        foreach (Match fence in Fence().Matches(text))
        {
            string code = fence.Groups["code"].Value;
            string before = "";
            string after = "";
            bool continues = false;
            foreach (Capture capture in fence.Groups["comment"].Captures)
            {
                string comment = capture.Value.Trim();
                if (comment == "continues")
                {
                    continues = true;
                }
                else if (Replacement().Match(comment) is { Success: true } smaller)
                {
                    string old = smaller.Groups["old"].Value;
                    if (!code.Contains(old, StringComparison.Ordinal))
                    {
                        throw new InvalidDataException(
                            $"{page}: the comment above a block replaces `{old}`, which is not in it.");
                    }

                    code = code.Replace(old, smaller.Groups["new"].Value, StringComparison.Ordinal);
                }
                else if (comment.StartsWith("before:\n", StringComparison.Ordinal))
                {
                    before += comment["before:\n".Length..] + "\n";
                }
                else if (comment.StartsWith("after:\n", StringComparison.Ordinal))
                {
                    after += comment["after:\n".Length..] + "\n";
                }
                else
                {
                    throw new InvalidDataException(
                        $"{page}: the comment \"{comment}\" above a block is none that CONTRIBUTING.md describes.");
                }
            }

            int line = text.AsSpan(0, fence.Groups["code"].Index).Count('\n') + 1;
            blocks.Add(new CodeBlock(page, line, code, before, after, continues, namespaces));
        }

        return blocks;
    }

    // Comments that stand directly above the fence, then the fence.
    [GeneratedRegex(
        @"(?:^<!--(?<comment>(?:(?!-->).)*)-->\n\n?)*^```(?:csharp|cs|c\#)\n(?<code>.*?)^```",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"`using (?<name>[\w.]+);`")]
    private static partial Regex Using();

    [GeneratedRegex(@"^test: `(?<old>[^`]+)` is `(?<new>[^`]*)`$")]
    private static partial Regex Replacement();
}
