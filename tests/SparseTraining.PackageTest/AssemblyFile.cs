using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SparseTraining.PackageTest;

/// <summary>Attributes of an assembly, read without loading it.</summary>
internal sealed class AssemblyFile
{
    public AssemblyFile(byte[] bytes)
    {
        using var file = new PEReader(new MemoryStream(bytes));
        MetadataReader reader = file.GetMetadataReader();
        foreach (CustomAttributeHandle handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            CustomAttribute attribute = reader.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind != HandleKind.MemberReference)
            {
                continue;
            }

            EntityHandle type = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
            string name = reader.GetString(reader.GetTypeReference((TypeReferenceHandle)type).Name);
            BlobReader value = reader.GetBlobReader(attribute.Value);
            value.ReadUInt16(); // the attribute's prolog
            if (name == "AssemblyInformationalVersionAttribute")
            {
                InformationalVersion = value.ReadSerializedString() ?? "";
            }
            else if (name == "AssemblyMetadataAttribute" && value.ReadSerializedString() == "IsTrimmable")
            {
                IsTrimmable = value.ReadSerializedString() == "True";
            }
        }
    }

    public string InformationalVersion { get; } = "";

    public bool IsTrimmable { get; }
}
