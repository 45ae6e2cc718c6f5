using System.Diagnostics;
using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>
/// A step by tiles: each thread takes tiles forward and back through all layers without waiting for the others, then updates parameters, those
/// of a layer as soon as all tiles have left it. So a thread that is done early, because its tile is narrower or its processor faster,
/// begins with the update instead of waiting.
/// </summary>
/// <param name="forward">Takes tiles forward.</param>
/// <param name="backward">Takes tiles back and updates parameters.</param>
/// <param name="layout">The tiles.</param>
/// <param name="workers">Threads of the team.</param>
internal sealed class TilePass(ForwardPass forward, BackwardPass backward, TileLayout layout, int workers) : IParallelWork
{
    /// <summary>What a tile costs beside its samples, in samples: links and weights are read for each tile.</summary>
    private const int SamplesWorthATile = 16;

    private readonly PieceQueue _tileQueue = new(workers);
    private readonly PieceQueue _upperUpdates = new(workers);
    private readonly PieceQueue _firstLayerUpdates = new(workers);
    private readonly WorkerSpeeds _speeds = new(workers);
    private readonly ParameterUpdates _updates = backward.Updates;

    /// <summary>Whether the step ends here: a loss is not finite, or a tile has failed.</summary>
    private volatile bool _isOver;

    private int _lastShare;

    /// <summary>Runs a step; parameters stay as they are if a loss is not finite.</summary>
    public void Run(WorkerTeam team, int tiles)
    {
        _isOver = false;
        _lastShare = Math.Min(workers, tiles) - 1;
        _speeds.Choose(_lastShare + 1);
        _tileQueue.Fill(tiles);
        _upperUpdates.Fill(_updates.AfterTiles - _updates.OfFirstLayer);
        _firstLayerUpdates.Fill(_updates.OfFirstLayer);

        // A piece is a place at the work: who has it takes tiles and updates until none are left.
        team.Run(this, workers);
    }

    public void Execute(int piece, int worker)
    {
        // The last share of the tiles, the narrow one where each thread has one, belongs to the slowest.
        int share = piece == _speeds.Slowest ? _lastShare : piece == _lastShare ? _speeds.Slowest : piece;
        long start = Stopwatch.GetTimestamp();
        int work = 0;
        try
        {
            while (_tileQueue.TryTake(share, out int tile))
            {
                work += layout.WidthOf(tile) + SamplesWorthATile;
                forward.RunTile(tile);
                if (forward.LossIsFinite(tile))
                {
                    backward.RunTile(tile, worker);
                }
                else
                {
                    _isOver = true;
                }
            }

            if (work > 0)
            {
                _speeds.Record(worker, start, work);
            }

            // Tiles leave the last layer first: there begins who had the narrow one. The first layer, which nobody can update before all
            // tiles are done, is left for the end and for everybody.
            while (_upperUpdates.TryTake(workers - 1 - share, out int fromLast))
            {
                Update(_updates.AfterTiles - 1 - fromLast, worker);
            }

            while (_firstLayerUpdates.TryTake(share, out int update))
            {
                Update(update, worker);
            }
        }
        catch
        {
            _isOver = true;
            throw;
        }
    }

    private void Update(int update, int worker)
    {
        WaitForTiles(_updates.LayerOf(update));
        if (!_isOver)
        {
            _updates.Update(update, worker);
        }
    }

    private void WaitForTiles(int layer)
    {
        var spinner = default(SpinWait);
        while (!backward.AllTilesAreThrough(layer) && !_isOver)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }
    }
}
