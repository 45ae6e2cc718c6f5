using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Training;

/// <summary>
/// A callback that records how the topology moves: churn, and the share of all positions that have ever been links (the
/// in-time over-parameterization rate of Liu et al., ICML 2021, here for each layer and for all of them).
/// </summary>
/// <remarks>
/// Takes at most 4 bytes for each position that has ever been a link, and about 1 bit for each position. A layer with
/// more positions than the limit is followed on so many of its output neurons, drawn at random, as fit into it; its
/// share is then an estimate. Use a new object for each run; in a resumed run it sees only what comes after.
/// </remarks>
public sealed class TopologyHistory : TrainingCallback
{
    private readonly long _positionLimit;
    private readonly List<RewireStatistics> _rewires = [];
    private readonly Dictionary<int, EverActivePositions> _layers = [];

    /// <summary>Makes a callback to put into <see cref="FitOptions.Callbacks"/>.</summary>
    /// <param name="positionLimit">The most positions of a layer to follow, at least 1; 2²⁸ by default: at most about 32 MiB a layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public TopologyHistory(long positionLimit = 1L << 28)
    {
        if (positionLimit < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(positionLimit), positionLimit, "At least 1 position must be followed.");
        }

        _positionLimit = positionLimit;
    }

    /// <summary>One record a rewire, in order.</summary>
    public IReadOnlyList<RewireStatistics> Rewires => _rewires;

    /// <inheritdoc/>
    public override void OnRewire(RewireRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        _rewires.Add(new RewireStatistics(record.Step, record.Epoch, record.Zeta, [.. record.Layers.Select(Add)]));
    }

    private LayerRewireStatistics Add(LayerRewire rewire)
    {
        if (!_layers.TryGetValue(rewire.Layer, out EverActivePositions? positions))
        {
            positions = new EverActivePositions(
                rewire.Before.Rows, rewire.Before.Columns, _positionLimit, RandomGenerator.Named((ulong)rewire.Layer, "topology history"));
            positions.Add(rewire.Before);
            _layers.Add(rewire.Layer, positions);
        }

        positions.Add(rewire.After);
        return new LayerRewireStatistics(
            rewire.Layer, rewire.After.PositionCount, rewire.After.LinkCount, rewire.Pruned, rewire.Grown, rewire.Churn, positions.Share, positions.IsSampled);
    }
}
