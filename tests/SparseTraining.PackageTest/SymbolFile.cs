using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace SparseTraining.PackageTest;

/// <summary>Reads portable debug symbols.</summary>
internal static class SymbolFile
{
    /// <summary>The kind of debug information that holds addresses of sources, from the specification of portable PDBs.</summary>
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static bool HasSourceLink(byte[] symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(symbols));
        MetadataReader reader = provider.GetMetadataReader();
        return reader.CustomDebugInformation
            .Any(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == SourceLink);
    }
}
