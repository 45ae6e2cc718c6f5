using System.Text;
using System.Text.RegularExpressions;

namespace Docs.Tests;

/// <summary>Links between pages lead to files that exist and to headings that exist in them.</summary>
public partial class LinkTests
{
    public static TheoryData<string> Pages => [.. Repository.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_of_a_page_lead_somewhere(string page)
    {
        string[] broken = [.. LinksOf(Repository.Read(page)).Where(link => !Leads(page, link))];
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_page_of_docs_is_reached_from_the_readme()
    {
        var reached = new HashSet<string> { "README.md" };
        var waiting = new Queue<string>(reached);
        while (waiting.TryDequeue(out string? page))
        {
            foreach (string link in LinksOf(Repository.Read(page)))
            {
                string target = Target(page, link.Split('#')[0]);
                string relative = Path.GetRelativePath(Repository.Root, target).Replace('\\', '/');
                if (relative.EndsWith(".md", StringComparison.Ordinal) && File.Exists(target) && reached.Add(relative))
                {
                    waiting.Enqueue(relative);
                }
            }
        }

        Assert.Empty(Repository.Pages.Where(page => page.StartsWith("docs/", StringComparison.Ordinal)).Except(reached));
    }

    [Fact]
    public void Links_and_headings_are_read_as_a_browser_would()
    {
        const string Text = """
            # One `Two<T>`: ε, *three*
            ## One
            ## One
            See [a](b/c.md#d), `[1](2)` ![e](f.svg) <img src="g.png"> and
            ```csharp
            f[0](x);
            # no heading
            ```
            [e](#f).
            """;
        Assert.Equal(["b/c.md#d", "f.svg", "g.png", "#f"], LinksOf(Text));
        Assert.Equal(["one-twot-ε-three", "one", "one-1"], AnchorsOf(Text));
    }

    private static bool Leads(string page, string link)
    {
        if (link.Contains("://", StringComparison.Ordinal) || link.StartsWith("mailto:", StringComparison.Ordinal))
        {
            return true; // no test depends on the network
        }

        string[] parts = link.Split('#', 2);
        string target = parts[0].Length == 0 ? Path.Combine(Repository.Root, page) : Target(page, parts[0]);
        return parts.Length == 1
            ? Path.Exists(target)
            : File.Exists(target) && AnchorsOf(File.ReadAllText(target).ReplaceLineEndings("\n")).Contains(parts[1]);
    }

    private static string Target(string page, string path) =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.Combine(Repository.Root, page))!, path));

    private static string[] LinksOf(string text) =>
        [.. Link().Matches(InlineCode().Replace(Fence().Replace(text, ""), "")).Select(link => link.Groups["target"].Value)];

    /// <summary>The anchors that GitHub gives to headings, and those that are written out.</summary>
    private static string[] AnchorsOf(string text)
    {
        var seen = new Dictionary<string, int>();
        var anchors = new List<string>();
        string prose = Fence().Replace(text, "");
        foreach (Match heading in Heading().Matches(prose))
        {
            var anchor = new StringBuilder();
            foreach (char c in heading.Groups[1].Value.Trim().ToLowerInvariant())
            {
                anchor.Append(c == ' ' ? "-" : char.IsLetterOrDigit(c) || c is '-' or '_' ? c.ToString() : "");
            }

            string name = anchor.ToString();
            int times = seen.TryGetValue(name, out int before) ? before + 1 : 0;
            seen[name] = times;
            anchors.Add(times == 0 ? name : $"{name}-{times}");
        }

        return [.. anchors, .. WrittenAnchor().Matches(prose).Select(anchor => anchor.Groups[1].Value)];
    }

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"`[^`\n]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|(?:src|srcset|href)=""(?<target>[^""]+)""")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"<a (?:id|name)=""([^""]+)""")]
    private static partial Regex WrittenAnchor();
}
