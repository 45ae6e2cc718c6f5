// The runtime looks for the attribute by this very name.
#pragma warning disable IDE0130
namespace System.Runtime.CompilerServices;

/// <summary>Tells the runtime that this assembly may use the internal members of another one.</summary>
/// <param name="assemblyName">The simple name of the other assembly.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    /// <summary>The simple name of the other assembly.</summary>
    public string AssemblyName { get; } = assemblyName;
}
