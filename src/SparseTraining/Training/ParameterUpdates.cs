using SparseTraining.Kernels;
using SparseTraining.Layers;
using SparseTraining.Optimizers;

namespace SparseTraining.Training;

/// <summary>
/// The end of a step: parameters trained on their gradients over all tiles, a piece at a time, so that any number of threads can share the
/// pieces. Where the norm of the whole gradient is limited all gradients come first, then the updates.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="workspace">The blocks after the backward pass.</param>
/// <param name="buffers">Gradients and scratch memory.</param>
/// <param name="normLimit">The limit on the norm of the whole gradient, or <see langword="null"/>.</param>
internal sealed class ParameterUpdates(Network network, Workspace workspace, BackwardBuffers buffers, GradientClipping? normLimit) : IParallelWork
{
    private readonly int[] _firstOfLayer = new int[network.Layers.Length + 1];
    private ParameterPiece[] _pieces = [];
    private UpdateRule _rule;
    private int _tiles;
    private bool _byTiles;
    private Phase _phase;
    private int _firstPiece;
    private float _factor;

    private enum Phase
    {
        /// <summary>Gradients of parameters and their update.</summary>
        Update,

        /// <summary>Gradients of parameters, scaled, and their squares.</summary>
        Norm,

        /// <summary>Updates after <see cref="Norm"/>.</summary>
        LimitedUpdate,
    }

    /// <summary>Whether the norm of the whole gradient must be known before the first update.</summary>
    public bool LimitsNorm => normLimit is not null;

    /// <summary>Updates that may begin before all tiles are done; none where the norm must be known first.</summary>
    public int AfterTiles => LimitsNorm ? 0 : _pieces.Length;

    /// <summary>How many of them, the ones from number 0 on, train the first layer.</summary>
    public int OfFirstLayer => LimitsNorm ? 0 : _firstOfLayer[1];

    /// <summary>Cuts the parameters into pieces.</summary>
    public void Plan()
    {
        _pieces = [.. ParameterPieces.Of(network)];
        for (int layer = 0; layer < network.Layers.Length; layer++)
        {
            _firstOfLayer[layer + 1] = _firstOfLayer[layer] + _pieces.Count(piece => piece.Layer == layer);
        }
    }

    /// <summary>Sets what the next calls work on.</summary>
    /// <param name="tiles">Tiles that hold samples.</param>
    /// <param name="byTiles">Whether each tile has gradients of its own, to be added up.</param>
    /// <param name="rule">What happens to a piece of gradient.</param>
    public void Prepare(int tiles, bool byTiles, in UpdateRule rule)
    {
        _tiles = tiles;
        _byTiles = byTiles;
        _rule = rule;
        _phase = LimitsNorm ? Phase.Norm : Phase.Update;
    }

    /// <summary>The layer whose parameters an update trains.</summary>
    public int LayerOf(int number) => _pieces[number].Layer;

    /// <summary>Updates the parameters of some layers, or computes their gradients if the norm is limited.</summary>
    public void Run(WorkerTeam team, int firstLayer, int endLayer)
    {
        _firstPiece = _firstOfLayer[firstLayer];
        team.Run(this, _firstOfLayer[endLayer] - _firstPiece);
    }

    /// <summary>Updates all parameters once all gradients are there, which are scaled so that their norm keeps the limit; only if there is one.</summary>
    public void RunLimited(WorkerTeam team)
    {
        double squares = 0;
        foreach (double square in buffers.Squares)
        {
            squares += square;
        }

        _factor = (float)normLimit!.Scale(Math.Sqrt(squares));
        _phase = Phase.LimitedUpdate;
        Run(team, 0, network.Layers.Length);
    }

    public void Execute(int piece, int worker) => Update(_firstPiece + piece, worker);

    /// <summary>Trains a piece of parameters on the gradients of all tiles.</summary>
    public void Update(int number, int worker)
    {
        ParameterPiece piece = _pieces[number];
        NetworkLayer layer = network.Layers[piece.Layer];
        ParameterArray parameters = piece.Kind switch
        {
            ParameterKind.Weights => layer.Linear.Weights,
            ParameterKind.Biases => layer.Linear.Biases,
            _ => layer.ActivationParameters,
        };
        Span<float> gradient = Gradient(piece, tile: 0);
        if (_phase == Phase.LimitedUpdate)
        {
            Arithmetic.Scale(gradient, _factor);
            parameters.Update(piece.First, gradient, _rule, piece.Kind, isScaled: true);
            return;
        }

        if (_byTiles)
        {
            gradient = TileSum(piece, worker);
        }
        else if (piece.Kind != ParameterKind.Weights)
        {
            NeuronGradients.Compute(layer, workspace, piece.Layer, 0, _tiles, piece.Kind, piece.First, gradient, buffers.Scratch(worker));
        }

        if (_phase == Phase.Update)
        {
            parameters.Update(piece.First, gradient, _rule, piece.Kind);
        }
        else
        {
            _rule.Scale(parameters.Values.AsSpan(piece.First, piece.Count), gradient, piece.Kind);
            buffers.Squares[number] = SumOfSquares(gradient);
        }
    }

    /// <summary>Adds up the tiles' gradients of a piece of parameters in their order.</summary>
    private Span<float> TileSum(ParameterPiece piece, int worker)
    {
        Span<float> first = Gradient(piece, tile: 0);
        if (_tiles == 1)
        {
            return first;
        }

        // Not in the place of the first unless sums have to stay: lines that another core wrote would have to change hands twice.
        Span<float> sum = LimitsNorm ? first : buffers.Scratch(worker)[..piece.Count];
        Arithmetic.Add(first, Gradient(piece, tile: 1), sum);
        for (int tile = 2; tile < _tiles; tile++)
        {
            Arithmetic.Add(sum, Gradient(piece, tile), sum);
        }

        return sum;
    }

    private Span<float> Gradient(ParameterPiece piece, int tile) => buffers.Gradient(piece.Layer, tile, piece.Kind).Slice(piece.First, piece.Count);

    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return sum;
    }
}
