using SparseTraining;
using SparseTraining.Evolution;

namespace ThesisExperiments.Definitions;

/// <summary>A method to train with: how layers are stored, and how the topology evolves.</summary>
/// <param name="Key">What it is called on the command line and in file names.</param>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Layers">How layers are stored.</param>
/// <param name="Evolution">How links change.</param>
internal sealed record Method(string Key, string Name, LayerKind Layers, TopologyEvolution Evolution)
{
    private static readonly (string Key, string Name, TopologyEvolution Evolution)[] Evolutions =
    [
        ("set", "SET", TopologyEvolution.Set()),
        ("ldv", "LDV", TopologyEvolution.Ldv()),
        ("osv", "OSV", TopologyEvolution.Osv()),
        ("exd", "EXD", TopologyEvolution.Exd()),
    ];

    /// <summary>Every method there is.</summary>
    public static IReadOnlyList<Method> All { get; } =
    [
        new("dense", "Dense", LayerKind.Dense, TopologyEvolution.None),
        new("fixprob", "FixProb", LayerKind.Sparse, TopologyEvolution.None),
        .. Evolutions.Select(e => new Method(e.Key, e.Name, LayerKind.Sparse, e.Evolution)),
        .. Evolutions.Select(e => new Method($"rebuilt-{e.Key}", $"{e.Name} rebuilt", LayerKind.MaskedDenseRebuilt, e.Evolution)),
        .. Evolutions.Select(e => new Method($"masked-{e.Key}", $"{e.Name} masked", LayerKind.MaskedDense, e.Evolution)),
    ];

    /// <summary>Finds a method.</summary>
    public static Method Of(string key) => All.First(method => method.Key == key);
}
