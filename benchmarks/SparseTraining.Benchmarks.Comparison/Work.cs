using System.Text.Json.Serialization;

namespace SparseTraining.Benchmarks.Comparison;

/// <summary>What is timed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WorkKind>))]
internal enum WorkKind
{
    /// <summary>A step of training a network.</summary>
    Training,

    /// <summary>Predicting a batch by a network.</summary>
    Inference,

    /// <summary>Y = W X + b of one layer.</summary>
    Forward,

    /// <summary>dX = Wᵀ dY of one layer.</summary>
    Backward,

    /// <summary>dW at the links of one layer, and its momentum step.</summary>
    Update,
}

/// <summary>A piece of work that each peer is asked to time; a network by name, or one layer by its sizes.</summary>
internal sealed record Work
{
    public required WorkKind Kind { get; init; }

    /// <summary>Samples of a batch.</summary>
    public required int Batch { get; init; }

    public required int Threads { get; init; }

    public string Network { get; init; } = "";

    public int Inputs { get; init; }

    public int Outputs { get; init; }

    public int Links { get; init; }

    [JsonIgnore]
    public double Density => (double)Links / Inputs / Outputs;

    /// <summary>Whether all positions of the layer, with velocities and all peers at once, fit a usual memory.</summary>
    [JsonIgnore]
    public bool FitsDense => (long)Inputs * Outputs <= 1 << 26;

    [JsonIgnore]
    public string Title => Kind switch
    {
        WorkKind.Training => $"training step, {Network}, batch {Batch}, {Threads} thread(s)",
        WorkKind.Inference => $"inference, {Network}, batch {Batch}, {Threads} thread(s)",
        _ => FormattableString.Invariant(
            $"{Kind.ToString().ToLowerInvariant()} of one layer {Inputs} x {Outputs}, {Links:N0} links ({Density:P2}), batch {Batch}, {Threads} thread(s)"),
    };

    public static Work OnNetwork(WorkKind kind, string network, int batch, int threads) =>
        new() { Kind = kind, Network = network, Batch = batch, Threads = threads };

    public static Work OnLayer(WorkKind kind, int inputs, int outputs, int links, int batch, int threads) =>
        new() { Kind = kind, Inputs = inputs, Outputs = outputs, Links = links, Batch = batch, Threads = threads };
}
