using System.Globalization;

namespace SparseTraining.Benchmarks.Comparison;

/// <summary>The command line.</summary>
internal sealed record ComparisonOptions
{
    private const int UsualThreads = 2;

    /// <summary>Two as in the published figures, or one where the process may use only one.</summary>
    public int Threads { get; private init; } = Math.Min(UsualThreads, Environment.ProcessorCount);

    public bool IsQuick { get; private init; }

    public bool IsSweep { get; private init; }

    /// <summary>Neurons on either side of the sweep's layer; a quick sweep takes a smaller one unless told.</summary>
    public int? Width { get; private init; }

    public string? JsonPath { get; private init; }

    /// <summary>Only work whose title holds this.</summary>
    public string Filter { get; private init; } = "";

    /// <summary>The peer that this process is to be.</summary>
    public Peers.PeerName? Peer { get; private init; }

    /// <exception cref="FormatException">An argument is unknown, or its value is missing or wrong.</exception>
    public static ComparisonOptions Parse(string[] args)
    {
        var options = new ComparisonOptions();
        for (int i = 0; i < args.Length; i++)
        {
            string Value() => ++i < args.Length ? args[i] : throw new FormatException($"{args[i - 1]} needs a value.");
            options = args[i] switch
            {
                "--quick" => options with { IsQuick = true },
                "--sweep" => options with { IsSweep = true },
                "--json" => options with { JsonPath = Value() },
                "--filter" => options with { Filter = Value() },
                "--width" => options with { Width = Positive(Value()) },
                Program.ThreadsOption => options with { Threads = Positive(Value()) },
                Program.PeerOption => options with { Peer = Enum.Parse<Peers.PeerName>(Value()) },
                _ => throw new FormatException(
                    $"{args[i]} is none of --quick, --sweep, --width N, --threads N, --filter TEXT, --json FILE."),
            };
        }

        return options;
    }

    private static int Positive(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1
            ? number
            : throw new FormatException($"{text} is not a number of at least 1.");
}
