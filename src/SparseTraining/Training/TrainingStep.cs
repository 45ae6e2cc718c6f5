using System.Diagnostics;
using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Kernels;
using SparseTraining.Layers;
using SparseTraining.Optimizers;
using SparseTraining.Randomness;

namespace SparseTraining.Training;

/// <summary>A step of training, in the way that is the fastest here: a mini-batch forward, its loss, back, and the update. <see cref="Run"/> allocates nothing.</summary>
internal sealed class TrainingStep
{
    private readonly Network _network;
    private readonly TrainingPlan _plan;
    private readonly WorkerTeam _team;
    private readonly Workspace _workspace;
    private readonly ForwardPass _forward;
    private readonly BackwardPass _backward;
    private readonly TilePass _byTiles;
    private readonly StepTrial _trial;
    private readonly ulong _dropoutKey;

    public TrainingStep(Network network, TrainingPlan plan, WorkerTeam team)
    {
        _network = network;
        _plan = plan;
        _team = team;
        _workspace = new Workspace(network, plan.BatchSize, forTraining: true, plan.Evolution.NeedsGradient);
        _forward = new ForwardPass(network, _workspace, plan.Task);
        _backward = new BackwardPass(network, _workspace, team.Size, plan.Clipping is { IsGlobalNorm: true } limit ? limit : null);
        _byTiles = new TilePass(_forward, _backward, _workspace.Layout, team.Size);
        _trial = new StepTrial(_backward.Ways);
        _dropoutKey = RandomGenerator.Key(plan.Seed, "dropout");
    }

    /// <summary>Bytes of activations, gradients and scratch memory.</summary>
    public long Bytes => _workspace.Bytes + _backward.Bytes;

    /// <summary>Samples of the last batch that a classifier had right, dropout and all.</summary>
    public int Right => _forward.Right;

    /// <summary>Takes the step.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="learningRate">The rate of this step.</param>
    /// <returns>The mean loss. Where it is not a finite number, no parameter has changed.</returns>
    public double Run(MiniBatch batch, int count, double learningRate)
    {
        int tiles = _workspace.Layout.Used(count);
        ulong dropoutKey = _dropoutKey + (ulong)_network.StepsTaken * 0x9e3779b97f4a7c15;
        var rule = new UpdateRule(
            _plan.Optimizer, new UpdateContext(_network.OptimizerSteps + 1, learningRate), 1f / count, _plan.Regularization, _plan.Clipping);
        StepWay way = _trial.Next;
        WorkerTeam team = way == StepWay.Alone ? WorkerTeam.Alone : _team;
        _forward.Prepare(batch, count, _plan.Scaler, _plan.ClassWeights, training: true, dropoutKey);
        _backward.Prepare(tiles, dropoutKey, way == StepWay.ByTiles, rule);
        long start = Stopwatch.GetTimestamp();
        if (way == StepWay.ByTiles)
        {
            _byTiles.Run(team, tiles);
        }
        else
        {
            _forward.Run(team);
        }

        double loss = 0;
        for (int i = 0; i < count; i++)
        {
            loss += _workspace.SampleLosses[i];
        }

        loss /= count;
        if (double.IsFinite(loss))
        {
            _backward.Run(team);
            _trial.Record(start);
        }

        return loss;
    }

    /// <summary>Makes ready for links that have changed.</summary>
    public void Plan() => _backward.Plan();

    /// <summary>The dense gradient of a layer over the last batch.</summary>
    public IDenseGradient Gradient(int layer) => new BatchGradient(_network, _workspace, _backward, layer);

    /// <summary>The number, from 1 on, of the first layer with outputs that are not finite, after a step whose loss was not.</summary>
    public int FirstLayerNotFinite()
    {
        for (int i = 0; i < _network.Layers.Length; i++)
        {
            for (int tile = 0; tile < _backward.Tiles; tile++)
            {
                // Other tiles may have gone back already: gradients have taken the place of their outputs.
                if (!_forward.LossIsFinite(tile)
                    && _workspace.OutputTile(i, tile, _network.Layers[i].Linear.OutputSize).ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
                {
                    return i + 1;
                }
            }
        }

        return _network.Layers.Length;
    }
}
