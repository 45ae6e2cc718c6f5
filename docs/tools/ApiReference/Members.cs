using Microsoft.CodeAnalysis;

namespace SparseTraining.Tools.ApiReference;

/// <summary>Chooses the members of a type that a user writes or calls, and orders them.</summary>
internal static class Members
{
    // What the compiler writes for records, and what every object has.
    private static readonly string[] Unwanted =
    [
        "<Clone>$", "Deconstruct", "Equals", "EqualityContract", "GetHashCode", "PrintMembers", "ToString",
        "op_Equality", "op_Inequality",
    ];

    private static readonly MethodKind[] Wanted =
        [MethodKind.Ordinary, MethodKind.Constructor, MethodKind.UserDefinedOperator, MethodKind.Conversion];

    public static IEnumerable<ISymbol> Of(INamedTypeSymbol type) => type.TypeKind == TypeKind.Delegate ? [] : type.GetMembers()
        .Where(member => member.DeclaredAccessibility
            is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)
        .Where(member => member is not IMethodSymbol method || Wanted.Contains(method.MethodKind))
        .Where(member => member is not INamedTypeSymbol && !Unwanted.Contains(member.Name))
        .OrderBy(Rank)
        .ThenBy(member => member.Name, StringComparer.Ordinal)
        .ThenBy(member => member is IMethodSymbol method ? method.Parameters.Length : 0)
        .ThenBy(member => member.GetDocumentationCommentId(), StringComparer.Ordinal);

    private static int Rank(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => 0,
        IFieldSymbol => 1,
        IPropertySymbol => 2,
        IEventSymbol => 3,
        IMethodSymbol { MethodKind: MethodKind.Ordinary } => 4,
        _ => 5,
    };
}
