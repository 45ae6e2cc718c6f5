using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>A tile forward and back through all layers on one thread, without waiting for other tiles.</summary>
internal sealed class TilePass(ForwardPass forward, BackwardPass backward) : IParallelWork
{
    public void Execute(int piece, int worker)
    {
        forward.RunTile(piece);
        backward.RunTile(piece, worker);
    }
}
