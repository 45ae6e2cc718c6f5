using System.Reflection;
using SparseTraining.Benchmarks.Comparison.Mkl;

namespace SparseTraining.Benchmarks.Comparison.Peers;

/// <summary>A peer that is there, with its version; or why it is not.</summary>
internal sealed record LoadedPeer(IPeer? Peer, string Version, string Reason)
{
    public static LoadedPeer Missing(string reason) => new(null, "", reason);
}

/// <summary>Loads a peer into this process and checks that it computes what it should.</summary>
internal static class PeerLoader
{
    public static LoadedPeer Load(PeerName name, int threads)
    {
        if (name is PeerName.Sparse or PeerName.Dense)
        {
            string version = typeof(SparseMlp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            return new LoadedPeer(new OwnPeer(name == PeerName.Sparse ? LayerKind.Sparse : LayerKind.Dense), version, "");
        }

        bool torch = name is PeerName.TorchDense or PeerName.TorchDenseTrueSpeed;

        // TorchSharp without a change to oneMKL needs nothing of it beforehand.
        if ((!torch || name.IsTrueSpeed()) && MklLibrary.Load(name.IsTrueSpeed()) is { } reason)
        {
            return LoadedPeer.Missing(reason);
        }

        if (torch)
        {
            TorchPeer? peer = TorchPeer.Load(out string why);
            return peer is null ? LoadedPeer.Missing(why) : new LoadedPeer(peer, TorchVersion(), "");
        }

        MklLibrary.UseThreads(threads);
        if (name.IsDense())
        {
            Check.DenseNetwork(threads);
            return new LoadedPeer(new MklDensePeer(), MklLibrary.Version(), "");
        }

        Check.SparseNetwork(threads);
        return new LoadedPeer(new MklSparsePeer(), MklLibrary.Version(), "");
    }

    private static string TorchVersion() => "TorchSharp " + typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3);
}
