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
        page.Append(CultureInfo.InvariantCulture, $"# {name}\n\nPackage `{package}`. [All namespaces](README.md)\n\n");
        page.Append("| Type | Purpose |\n|---|---|\n");
        foreach (INamedTypeSymbol type in types)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {DocText.Link(type)} | {Cell(text.Summary(type))} |\n");
        }

        foreach (INamedTypeSymbol type in types)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {DocText.NameOf(type)}\n\n");
            page.Append(CultureInfo.InvariantCulture, $"```csharp\n{Signatures.Of(type)}\n```\n\n");
            AppendDoc(page, type, text);
            if (type.TypeKind == TypeKind.Enum)
            {
                page.Append("\n| Value | Meaning |\n|---|---|\n");
                foreach (IFieldSymbol value in type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue))
                {
                    string meaning = Cell(text.Summary(value));
                    page.Append(CultureInfo.InvariantCulture, $"| `{value.Name}` = {value.ConstantValue} | {meaning} |\n");
                }

                continue;
            }

            foreach (ISymbol member in Members.Of(type).Where(text.IsDocumented))
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
                string name = parameter.Attribute("name")!.Value;
                page.Append(CultureInfo.InvariantCulture, $"* `{name}`: {text.Markdown(parameter)}\n");
            }
        }

        foreach (XElement part in doc.Elements("returns").Concat(doc.Elements("value")))
        {
            page.Append(CultureInfo.InvariantCulture, $"* Returns: {text.Markdown(part)}\n");
        }

        foreach (XElement exception in doc.Elements("exception"))
        {
            string type = text.CrefLink(exception.Attribute("cref")!.Value);
            page.Append(CultureInfo.InvariantCulture, $"* Throws {type}: {text.Markdown(exception)}\n");
        }

        foreach (XElement remarks in doc.Elements("remarks"))
        {
            page.Append('\n');
            AppendParagraph(page, text.Markdown(remarks));
        }
    }

    private static string Cell(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static void AppendParagraph(StringBuilder page, string paragraph)
    {
        if (paragraph.Length > 0)
        {
            page.Append(paragraph).Append('\n');
        }
    }
}
