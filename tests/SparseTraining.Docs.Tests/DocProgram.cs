namespace Docs.Tests;

/// <summary>A block and the blocks that continue it, which together make one program.</summary>
internal sealed record DocProgram(IReadOnlyList<CodeBlock> Blocks)
{
    public string Name => $"{Blocks[0].Page}:{Blocks[0].Line}";

    /// <summary>What the blocks say they print, in order: <c>Console.WriteLine(x); // prints 3</c>.</summary>
    public IEnumerable<string> Promises => Blocks
        .SelectMany(block => block.Code.Split('\n'))
        .Select(line => line.Split("; // prints ", 2))
        .Where(parts => parts.Length == 2)
        .Select(parts => parts[1].Trim());

    public static IReadOnlyList<DocProgram> On(string page)
    {
        var programs = new List<List<CodeBlock>>();
        foreach (CodeBlock block in CodeBlock.On(page))
        {
            if (block.Continues && programs.Count > 0)
            {
                programs[^1].Add(block);
            }
            else
            {
                programs.Add([block]);
            }
        }

        return [.. programs.Select(blocks => new DocProgram(blocks))];
    }
}
