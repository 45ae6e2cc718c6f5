using Microsoft.CodeAnalysis;

namespace SparseTraining.Tools.ApiReference;

/// <summary>Declarations as one would write them in C#, without namespaces.</summary>
internal static class Signatures
{
    private static readonly SymbolDisplayFormat Format = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters
            | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static string Of(ISymbol member) =>
        (member.DeclaredAccessibility == Accessibility.Public ? "" : "protected ") + member.ToDisplayString(Format);

    public static string Of(INamedTypeSymbol type)
    {
        string name = type.ToDisplayString(Format);
        if (type.DelegateInvokeMethod is { } invoke)
        {
            string parameters = string.Join(", ", invoke.Parameters.Select(parameter => parameter.ToDisplayString(Format)));
            return $"public delegate {invoke.ReturnType.ToDisplayString(Format)} {name}({parameters})";
        }

        INamedTypeSymbol[] bases =
        [
            .. type.BaseType is { SpecialType: SpecialType.None } parent ? [parent] : Array.Empty<INamedTypeSymbol>(),
            // That a record can be compared is what makes it a record.
            .. type.Interfaces.Where(contract => !(type.IsRecord && contract.Name == "IEquatable")),
        ];
        string list = string.Join(", ", bases.Select(item => item.ToDisplayString(Format)));
        string after = list.Length == 0 || type.TypeKind == TypeKind.Enum ? "" : $" : {list}";
        return $"public {Modifiers(type)}{Keyword(type)} {name}{after}";
    }

    private static string Modifiers(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Class, IsStatic: true } => "static ",
        { TypeKind: TypeKind.Class, IsAbstract: true } => "abstract ",
        { TypeKind: TypeKind.Class, IsSealed: true } => "sealed ",
        { TypeKind: TypeKind.Struct } => (type.IsReadOnly ? "readonly " : "") + (type.IsRefLikeType ? "ref " : ""),
        _ => "",
    };

    private static string Keyword(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Interface => "interface",
        TypeKind.Enum => "enum",
        TypeKind.Struct => type.IsRecord ? "record struct" : "struct",
        _ => type.IsRecord ? "record" : "class",
    };
}
