using SparseTraining.Benchmarks.Comparison.Measurement;

namespace SparseTraining.Benchmarks.Comparison;

/// <summary>Compares, or is one of the peers that are compared.</summary>
internal static class Program
{
    public const string PeerOption = "--peer";
    public const string ThreadsOption = "--threads";

    public static int Main(string[] args)
    {
        ComparisonOptions options;
        try
        {
            options = ComparisonOptions.Parse(args);
        }
        catch (FormatException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }

        if (options.Peer is { } peer)
        {
            PeerServer.Run(peer, options.Threads);
            return 0;
        }

        try
        {
            new ComparisonRun(options).Execute();
            return 0;
        }
        catch (PeerFailedException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }
}
