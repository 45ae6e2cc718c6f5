using System.Text.Json.Serialization;
using SparseTraining.Benchmarks.Comparison.Peers;

namespace SparseTraining.Benchmarks.Comparison.Results;

/// <summary>What one peer took for some work.</summary>
/// <param name="Peer">Its name.</param>
/// <param name="Seconds">The median over rounds.</param>
/// <param name="Rounds">The times of the rounds, in order; the same place in another peer's is the same round.</param>
/// <param name="Remark">What a reader must know, or an empty text.</param>
internal sealed record PeerTime(string Peer, double Seconds, double[] Rounds, string Remark)
{
    /// <summary>How many times as long it takes as another: within each round, then the median over rounds.</summary>
    public double RatioTo(PeerTime other) => Median.Of(Rounds.Zip(other.Rounds, (time, reference) => time / reference));
}

/// <summary>A comparison: some work and the times of all peers that have it.</summary>
/// <param name="Work">What was timed.</param>
/// <param name="Times">By peer.</param>
/// <param name="FastestDense">The dense peer of another library with the least time, or an empty text.</param>
/// <param name="Ratio">Its time over ours, sparse: the median of the rounds' ratios; above 1 ours is faster. 0 if there is none.</param>
internal sealed record Row(Work Work, PeerTime[] Times, string FastestDense, double Ratio)
{
    /// <summary>
    /// How much longer the slowest round took than the median, of the two peers of the ratio the one that varied more: libraries that wait
    /// for each other in a spin suffer much more from another program than this one, and no ratio can be taken then.
    /// </summary>
    [JsonIgnore]
    public double Unrest => Times
        .Where(time => time.Peer == FastestDense || time.Peer == nameof(PeerName.Sparse))
        .Select(time => time.Rounds.Max() / time.Seconds)
        .DefaultIfEmpty(1)
        .Max();
}
