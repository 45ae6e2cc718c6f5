using System.Text.Json;

namespace SparseTraining.Benchmarks.Comparison.Measurement;

/// <summary>What the program asks of a peer's process, one line of JSON.</summary>
/// <param name="Prepare">The work to make ready, taking the place of any other.</param>
/// <param name="Milliseconds">How long to time the work that is ready, if none is to be prepared.</param>
internal sealed record Request(Work? Prepare, double Milliseconds = 0);

/// <summary>What a peer's process answers, one line of JSON behind a mark, since native libraries may print too.</summary>
/// <param name="IsReady">Whether the peer is there, or has such work.</param>
/// <param name="Seconds">The median time of a run.</param>
/// <param name="Text">Version, remark, or why there is nothing.</param>
internal sealed record Reply(bool IsReady, double Seconds = 0, string Text = "")
{
    private const string Mark = "@reply ";

    public string ToLine() => Mark + JsonSerializer.Serialize(this);

    public static Reply? FromLine(string line) =>
        line.StartsWith(Mark, StringComparison.Ordinal) ? JsonSerializer.Deserialize<Reply>(line.AsSpan(Mark.Length)) : null;
}
