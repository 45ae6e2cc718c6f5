using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Docs.Tests;

/// <summary>Compiles the blocks of a program as a new console project would, into bytes of an assembly.</summary>
internal static class ProgramCompiler
{
    private static readonly string[] ConsoleUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
        "System.Threading.Tasks",
    ];

    // Blocks show parts: a local function, variable or parameter may be there for the reader alone.
    private static readonly string[] Allowed = ["CS0168", "CS0219", "CS8321"];

    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14);

    private static readonly IReadOnlyList<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))];

    // What pages leave out where they show a part of a program: exactly what this page tells the reader to write.
    private static readonly string[] LibraryUsings = [.. CodeBlock.On("docs/getting-started.md")[0].Code
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line["using ".Length..].TrimEnd(';'))];

    /// <exception cref="InvalidDataException">The compiler complains; the message says where on the page.</exception>
    public static byte[] Compile(DocProgram program)
    {
        CompilationUnitSyntax[] units = [.. program.Blocks
            .SelectMany(block => new[] { Parse(block.Before), Parse(block.Code), Parse(block.After) })];
        bool isComplete = units[1].Usings.Count > 0; // then the page shows a whole file, and nothing is added to it
        IEnumerable<string> namespaces = ConsoleUsings.Concat(isComplete ? [] : LibraryUsings.Concat(program.Blocks[0].Namespaces));
        string usings = string.Concat(namespaces.Select(name => $"global using {name};\n"));

        var text = new StringBuilder();
        Append<UsingDirectiveSyntax>(unit => unit.Usings);
        Append<MemberDeclarationSyntax>(unit => unit.Members.Where(member => member is GlobalStatementSyntax));
        Append<MemberDeclarationSyntax>(unit => unit.Members.Where(member => member is not GlobalStatementSyntax));

        CSharpCompilation compilation = CSharpCompilation.Create(
            "DocProgram",
            [CSharpSyntaxTree.ParseText(usings, Language), CSharpSyntaxTree.ParseText(text.ToString(), Language)],
            References,
            new CSharpCompilationOptions(
                OutputKind.ConsoleApplication,
                nullableContextOptions: NullableContextOptions.Enable,
                optimizationLevel: OptimizationLevel.Release));
        using var bytes = new MemoryStream();
        string[] complaints = [.. compilation.Emit(bytes).Diagnostics
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !Allowed.Contains(diagnostic.Id))
            .Select(diagnostic => string.Create(CultureInfo.InvariantCulture,
                $"{diagnostic.Location.GetMappedLineSpan()}: {diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}"))];
        return complaints.Length == 0 ? bytes.ToArray() : throw new InvalidDataException(string.Join('\n', complaints));

        // Usings stand before statements and statements before types, whatever block they are in.
        void Append<T>(Func<CompilationUnitSyntax, IEnumerable<T>> select)
            where T : SyntaxNode
        {
            for (int i = 0; i < units.Length; i++)
            {
                CodeBlock block = program.Blocks[i / 3];
                foreach (T node in select(units[i]))
                {
                    int line = node.SyntaxTree.GetLineSpan(node.FullSpan).StartLinePosition.Line;
                    int shown = i % 3 == 1 ? block.Line + line : block.Line;
                    text.Append(CultureInfo.InvariantCulture, $"\n#line {shown} \"{block.Page}\"\n{node.ToFullString()}");
                }
            }
        }
    }

    private static CompilationUnitSyntax Parse(string code) =>
        CSharpSyntaxTree.ParseText(code, Language).GetCompilationUnitRoot();
}
