using System.Text.Json;
using SparseTraining.Benchmarks.Comparison.Peers;

namespace SparseTraining.Benchmarks.Comparison.Measurement;

/// <summary>The side of a peer's process: answers requests until its input ends.</summary>
internal static class PeerServer
{
    public static void Run(PeerName name, int threads)
    {
        LoadedPeer loaded = PeerLoader.Load(name, threads);
        Answer(new Reply(loaded.Peer is not null, Text: loaded.Peer is null ? loaded.Reason : loaded.Version));
        IRuns? runs = null;
        while (loaded.Peer is not null && Console.ReadLine() is { } line)
        {
            Request request = JsonSerializer.Deserialize<Request>(line)!;
            if (request.Prepare is null)
            {
                Answer(new Reply(true, runs!.Measure(TimeSpan.FromMilliseconds(request.Milliseconds))));
                continue;
            }

            runs?.Dispose();
            runs = null;

            // Networks of gigabytes come and go; without this two may be there at once.
            GC.Collect();
            runs = loaded.Peer.Prepare(request.Prepare);
            Answer(new Reply(runs is not null, Text: runs?.Remark ?? ""));
        }

        runs?.Dispose();
    }

    private static void Answer(Reply reply)
    {
        Console.WriteLine(reply.ToLine());
        Console.Out.Flush();
    }
}
