using System.Text;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace SparseTraining.Tools.ApiReference;

/// <summary>XML documentation as Markdown.</summary>
internal sealed class DocText(Compilation compilation, IReadOnlyCollection<IAssemblySymbol> assemblies)
{
    private readonly Dictionary<string, XElement> _members = Library.Assemblies
        .SelectMany(assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
        .ToDictionary(member => member.Attribute("name")!.Value);

    public static string NameOf(INamedTypeSymbol type) =>
        (type.ContainingType is { } outer ? NameOf(outer) + "." : "")
        + type.Name
        + (type.Arity == 0 ? "" : $"<{string.Join(", ", type.TypeParameters.Select(parameter => parameter.Name))}>");

    /// <summary>A namespace that two packages share has a page for each.</summary>
    public static string PageOf(INamedTypeSymbol type)
    {
        string space = type.ContainingNamespace.ToDisplayString();
        string package = type.ContainingAssembly.Name;
        return space.StartsWith(package, StringComparison.Ordinal) ? $"{space}.md" : $"{package}-{space}.md";
    }

    public static string Link(INamedTypeSymbol type) => Link(NameOf(type), type);

    /// <summary>A link to what a documentation id names, where it is in the reference.</summary>
    public string CrefLink(string id)
    {
        ISymbol? symbol = DocumentationCommentId.GetFirstSymbolForDeclarationId(id, compilation);
        INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        if (symbol is null || type is null)
        {
            return $"`{id[(id.LastIndexOf('.') + 1)..]}`";
        }

        string name = symbol is INamedTypeSymbol || symbol.Name == ".ctor" ? NameOf(type) : $"{NameOf(type)}.{symbol.Name}";
        bool isOurs = assemblies.Contains(type.ContainingAssembly, SymbolEqualityComparer.Default);
        return isOurs && type.DeclaredAccessibility == Accessibility.Public ? Link(name, type) : $"`{name}`";
    }

    public bool IsDocumented(ISymbol symbol) => Of(symbol).HasElements || Summary(symbol).Length > 0;

    /// <summary>A property of a record's parameter has the parameter's text.</summary>
    public string Summary(ISymbol symbol)
    {
        if (Of(symbol).Element("summary") is { } summary)
        {
            return Markdown(summary);
        }

        XElement? parameter = symbol is IPropertySymbol { ContainingType: { IsRecord: true } record }
            ? Of(record).Elements("param").SingleOrDefault(element => element.Attribute("name")?.Value == symbol.Name)
            : null;
        return parameter is null ? "" : Markdown(parameter);
    }

    /// <summary>The documentation of a symbol, or of the one that it inherits it from.</summary>
    public XElement Of(ISymbol symbol)
    {
        XElement doc = _members.GetValueOrDefault(symbol.GetDocumentationCommentId() ?? "") ?? new XElement("member");
        if (doc.Element("inheritdoc") is not { } inherited)
        {
            return doc;
        }

        ISymbol? source = inherited.Attribute("cref") is { } cref
            ? DocumentationCommentId.GetFirstSymbolForDeclarationId(cref.Value, compilation)
            : Inherited(symbol);
        return source is null ? doc : Of(source);
    }

    public string Markdown(XElement element)
    {
        var text = new StringBuilder();
        Append(text, element);
        string[] paragraphs = text.ToString().Split("\n\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join("\n\n", paragraphs);
    }

    private static ISymbol? Inherited(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => method,
        IPropertySymbol { OverriddenProperty: { } property } => property,
        INamedTypeSymbol type => type.BaseType,
        _ => symbol.ContainingType.AllInterfaces
            .SelectMany(contract => contract.GetMembers())
            .FirstOrDefault(member => symbol.Equals(
                symbol.ContainingType.FindImplementationForInterfaceMember(member), SymbolEqualityComparer.Default)),
    };

    private static string Link(string text, INamedTypeSymbol type) => $"[`{text}`]({PageOf(type)}#{Anchor(NameOf(type))})";

    private static string Anchor(string name) =>
        string.Concat(name.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is '-' or '_' or ' '))
            .Replace(' ', '-');

    private static string Collapse(string text)
    {
        string joined = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return (text.Length > 0 && char.IsWhiteSpace(text[0]) ? " " : "") + joined
            + (joined.Length > 0 && char.IsWhiteSpace(text[^1]) ? " " : "");
    }

    private static string Escape(string text) =>
        string.Concat(text.Select(c => "*_[]<`".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : c.ToString()));

    private void Append(StringBuilder text, XElement element)
    {
        foreach (XNode node in element.Nodes())
        {
            switch (node)
            {
                case XText plain:
                    text.Append(Escape(Collapse(plain.Value)));
                    break;
                case XElement { Name.LocalName: "c" } code:
                    text.Append('`').Append(code.Value).Append('`');
                    break;
                case XElement { Name.LocalName: "code" } code:
                    text.Append("\n\n```text\n").Append(code.Value.Trim('\n', '\r')).Append("\n```\n\n");
                    break;
                case XElement { Name.LocalName: "paramref" or "typeparamref" } parameter:
                    text.Append('`').Append(parameter.Attribute("name")?.Value).Append('`');
                    break;
                case XElement { Name.LocalName: "see" or "seealso" } see:
                    text.Append(See(see));
                    break;
                case XElement { Name.LocalName: "em" or "i" } emphasis:
                    text.Append('*').Append(Escape(Collapse(emphasis.Value))).Append('*');
                    break;
                case XElement { Name.LocalName: "para" } paragraph:
                    text.Append("\n\n");
                    Append(text, paragraph);
                    text.Append("\n\n");
                    break;
                case XElement { Name.LocalName: "item" } item:
                    text.Append("\n\n* ");
                    Append(text, item);
                    break;
                case XElement other:
                    Append(text, other);
                    break;
            }
        }
    }

    private string See(XElement see)
    {
        if (see.Attribute("langword") is { } word)
        {
            return $"`{word.Value}`";
        }

        return see.Attribute("href") is { } address
            ? $"[{Escape(see.Value.Length == 0 ? address.Value : see.Value)}]({address.Value})"
            : CrefLink(see.Attribute("cref")?.Value ?? "");
    }
}
