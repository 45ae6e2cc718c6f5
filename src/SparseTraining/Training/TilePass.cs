using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>
/// A step by tiles: each thread takes tiles forward and back through all layers without waiting for the others, then updates parameters, those
/// of a layer as soon as all tiles have left it. So a thread that is done early, because its tile is narrower or its processor faster,
/// begins with the update instead of waiting.
/// </summary>
internal sealed class TilePass(ForwardPass forward, BackwardPass backward, int workers) : IParallelWork
{
    private readonly PieceQueue _tileQueue = new(workers);
    private readonly PieceQueue _updateQueue = new(workers);

    /// <summary>Whether the step ends here: a loss is not finite, or a tile has failed.</summary>
    private volatile bool _isOver;

    /// <summary>Runs a step; parameters stay as they are if a loss is not finite.</summary>
    public void Run(WorkerTeam team, int tiles)
    {
        _isOver = false;
        _tileQueue.Fill(tiles);
        _updateQueue.Fill(backward.UpdatesAfterTiles);

        // A piece is a place at the work: who has it takes tiles and updates until none are left.
        team.Run(this, workers);
    }

    public void Execute(int piece, int worker)
    {
        try
        {
            while (_tileQueue.TryTake(piece, out int tile))
            {
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

            while (_updateQueue.TryTake(piece, out int update))
            {
                WaitForTiles(backward.LayerOfUpdate(update));
                if (!_isOver)
                {
                    backward.Update(update, worker);
                }
            }
        }
        catch
        {
            _isOver = true;
            throw;
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
