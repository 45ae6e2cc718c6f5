using System.Collections.Concurrent;

namespace SparseTraining.Benchmarks.Inference;

/// <summary>The sizes of model files; each network is made and saved once, when its size is asked for.</summary>
internal static class ModelFile
{
    private static readonly ConcurrentDictionary<(string, LayerKind), long> Sizes = new();

    /// <summary>Bytes of a network's model file with full precision.</summary>
    public static long Bytes(string network, LayerKind layers) => Sizes.GetOrAdd((network, layers), key =>
    {
        using var file = new MemoryStream();
        Workloads.Network(key.Item1, key.Item2).Save(file);
        return file.Length;
    });
}
