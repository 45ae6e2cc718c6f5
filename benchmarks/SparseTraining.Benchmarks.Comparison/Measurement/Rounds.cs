using SparseTraining.Benchmarks.Comparison.Peers;
using SparseTraining.Benchmarks.Comparison.Results;

namespace SparseTraining.Benchmarks.Comparison.Measurement;

/// <summary>
/// Times all peers in turn, round after round. A machine that others disturb is slow for seconds, not for a step: peers of
/// one round meet the same disturbance, so a ratio is taken within a round and only then the median over rounds.
/// BenchmarkDotNet runs one case to its end before the next, which is good for times and bad for ratios.
/// </summary>
internal sealed class Rounds(IReadOnlyList<PeerProcess> peers, int count, TimeSpan duration)
{
    /// <summary>A measurement that only warms up, and what a second one may gain on it before it counts as warm.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(100);
    private const double StillGaining = 0.95;
    private const int LongestWarmUp = 10;

    /// <summary>Compares the peers at some work.</summary>
    public Row Run(Work work)
    {
        var ready = new List<(PeerProcess Peer, string Remark)>();
        foreach (PeerProcess peer in peers)
        {
            if (peer.Prepare(work) is { } remark)
            {
                ready.Add((peer, remark));
            }
        }

        ready.ForEach(entry => Warm(entry.Peer));
        double[][] times = [.. ready.Select(_ => new double[count])];
        for (int round = 0; round < count; round++)
        {
            for (int turn = 0; turn < ready.Count; turn++)
            {
                // Another begins each time, and every second round goes backwards: nobody always follows the same neighbour.
                int place = (turn + round) % ready.Count;
                int i = round % 2 == 0 ? place : ready.Count - 1 - place;
                times[i][round] = ready[i].Peer.Measure(duration);
            }
        }

        return Summarize(work, [.. ready.Select((entry, i) =>
            (entry.Peer.Name, new PeerTime(entry.Peer.Name.ToString(), Median.Of(times[i]), times[i], entry.Remark)))]);
    }

    /// <summary>
    /// .NET compiles a method twice more after some calls, in the background. So runs go on until they gain nothing any
    /// more.
    /// </summary>
    private static void Warm(PeerProcess peer)
    {
        double previous = peer.Measure(WarmUp);
        for (int i = 1; i < LongestWarmUp; i++)
        {
            double next = peer.Measure(WarmUp);
            if (next > StillGaining * previous)
            {
                return;
            }

            previous = next;
        }
    }

    private static Row Summarize(Work work, (PeerName Name, PeerTime Time)[] times)
    {
        PeerTime? own = times.FirstOrDefault(entry => entry.Name == PeerName.Sparse).Time;
        PeerTime? fastest = times
            .Where(entry => entry.Name.IsDense() && entry.Name != PeerName.Dense)
            .Select(entry => entry.Time)
            .MinBy(time => time.Seconds);
        double ratio = own is null || fastest is null ? 0 : fastest.RatioTo(own);
        return new Row(work, [.. times.Select(entry => entry.Time)], fastest?.Peer ?? "", ratio);
    }
}
