using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace SparseTraining.Tools.ApiReference;

/// <summary>Writes the types of a namespace with their members.</summary>
internal static class NamespacePage
{
    public static string Write(string name, string package, IReadOnlyList<INamedTypeSymbol> types, DocText text)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# {name}\n\nPackage `{package}`. [All namespaces](README.md)\n\n| Type | Purpose |\n|---|---|\n");
        foreach (INamedTypeSymbol type in types)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {DocText.Link(type)} | {text.Summary(type).Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ")} |\n");
        }

        foreach (INamedTypeSymbol type in types)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {DocText.NameOf(type)}\n\n```csharp\n{Signatures.Of(type)}\n```\n\n");
            AppendDoc(page, type, text);
            if (type.TypeKind == TypeKind.Enum)
            {
                page.Append("\n| Value | Meaning |\n|---|---|\n");
                foreach (IFieldSymbol value in type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue))
                {
                    page.Append(CultureInfo.InvariantCulture, $"| `{value.Name}` = {value.ConstantValue} | {text.Summary(value).ReplaceLineEndings(" ")} |\n");
                }

                continue;
            }

            foreach (ISymbol member in Members.Of(type).Where(member => text.Summary(member).Length > 0 || text.IsDocumented(member)))
            {
                page.Append(CultureInfo.InvariantCulture, $"\n#### `{Signatures.Of(member)}`\n\n");
                AppendDoc(page, member, text);
            }
        }

        return page.ToString();
    }

    private static void AppendDoc(StringBuilder page, ISymbol symbol, DocText text)
    {
        XElement doc = text.Of(symbol);
        AppendParagraph(page, text.Summary(symbol));
        foreach (XElement parameter in doc.Elements().Where(element => element.Name.LocalName is "param" or "typeparam"))
        {
            // The parameters of a record are its properties, which are listed by themselves.
            if (symbol is not INamedTypeSymbol { IsRecord: true, TypeKind: not TypeKind.Delegate })
            {
                page.Append(CultureInfo.InvariantCulture, $"* `{parameter.Attribute("name")?.Value}`: {text.Markdown(parameter, symbol)}\n");
            }
        }

        foreach (XElement part in doc.Elements("returns").Concat(doc.Elements("value")))
        {
            page.Append(CultureInfo.InvariantCulture, $"* Returns: {text.Markdown(part, symbol)}\n");
        }

        foreach (XElement exception in doc.Elements("exception"))
        {
            page.Append(CultureInfo.InvariantCulture, $"* Throws {text.CrefLink(exception.Attribute("cref")?.Value ?? "")}: {text.Markdown(exception, symbol)}\n");
        }

        foreach (XElement remarks in doc.Elements("remarks"))
        {
            page.Append('\n');
            AppendParagraph(page, text.Markdown(remarks, symbol));
        }
    }

    private static void AppendParagraph(StringBuilder page, string paragraph)
    {
        if (paragraph.Length > 0)
        {
            page.Append(paragraph).Append('\n');
        }
    }
}
