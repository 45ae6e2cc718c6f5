using System.Diagnostics.CodeAnalysis;
using SparseTraining.Kernels;
using SparseTraining.Layers;
using SparseTraining.Optimizers;

namespace SparseTraining.Training;

/// <summary>
/// The second half of a step: from the last layer to the first, input gradients and weight gradients at existing links; then
/// <see cref="ParameterUpdates"/>. Each row of a gradient and each parameter has one writer and its sum one order, so that it does not show
/// how the threads share the work.
/// </summary>
/// <remarks>
/// <see cref="StepWay.ByTiles"/> keeps the gradients of each tile, which the update adds up: activations stay with the core that made them,
/// right after it took the tile forward. <see cref="StepWay.ByRows"/> lets the threads share the inputs of one layer after another, each taking all
/// tiles, and updates a layer before the next: this finds work for any number of threads and needs room for the gradients of one
/// layer only.
/// </remarks>
internal sealed class BackwardPass : IParallelWork
{
    /// <summary>Pieces of a layer's inputs for each thread, so that one that is held back does not hold back the others.</summary>
    private const int PiecesPerThread = 4;

    /// <summary>A piece of fewer weights is not worth a hand-over.</summary>
    private const int FewestPieceWeights = 256;

    /// <summary>Gradients of all tiles that stay in the caches (4 MiB).</summary>
    private const int CachedGradients = 1 << 20;

    private readonly Network _network;
    private readonly Workspace _workspace;
    private readonly int _workers;
    private readonly List<(int FirstInput, int InputCount)>[] _inputPieces;
    private readonly BackwardBuffers _buffers;
    private readonly int[] _tilesThrough;
    private BackwardMemory _memory;
    private bool _byTiles;
    private bool _takesAllInputs;
    private ulong _dropoutKey;
    private bool _throughWholeLayer;
    private int _layer;

    /// <summary>Prepares for a network.</summary>
    /// <param name="network">The network; call <see cref="Plan"/> whenever its links have changed.</param>
    /// <param name="workspace">The blocks that the forward pass fills.</param>
    /// <param name="workers">Threads of the team.</param>
    /// <param name="normLimit">The limit on the norm of the whole network's gradient, or <see langword="null"/>.</param>
    public BackwardPass(Network network, Workspace workspace, int workers, GradientClipping? normLimit)
    {
        _network = network;
        _workspace = workspace;
        _workers = workers;
        _inputPieces = [.. network.Layers.Select(_ => new List<(int, int)>())];
        _buffers = new BackwardBuffers(network, workspace.Layout, workers);
        _tilesThrough = new int[network.Layers.Length];
        Updates = new ParameterUpdates(network, workspace, _buffers, normLimit);
        Plan();
    }

    /// <summary>What trains the parameters.</summary>
    public ParameterUpdates Updates { get; }

    /// <summary>Bytes of scratch memory and gradients.</summary>
    public long Bytes => _buffers.Bytes;

    /// <summary>Tiles that the last step used.</summary>
    public int Tiles { get; private set; }

    /// <summary>The ways that a step may go, after <see cref="Plan"/>.</summary>
    /// <remarks>A tile for each thread is the best way there is, as long as the gradients of all tiles stay cached; else it depends on the machine.</remarks>
    public IReadOnlyList<StepWay> Ways =>
        _workers == 1 ? [StepWay.Alone]
        : _memory.IsLarge ? [StepWay.ByRows]
        : !_memory.HasTileGradients ? [StepWay.ByRows, StepWay.Alone]
        : _workspace.Layout.Count < _workers || _memory.GradientLength > CachedGradients ? [StepWay.ByTiles, StepWay.ByRows]
        : [StepWay.ByTiles];

    /// <summary>Cuts the layers into pieces.</summary>
    [MemberNotNull(nameof(_memory))]
    public void Plan()
    {
        Updates.Plan();
        for (int i = 0; i < _network.Layers.Length; i++)
        {
            NetworkLayer layer = _network.Layers[i];
            _inputPieces[i].Clear();
            int pieceWeights = Math.Clamp(
                layer.Linear.WeightValues.Length / (PiecesPerThread * _workers), FewestPieceWeights, LinearLayer.PieceWeights);
            for (int first = 0, count; first < layer.Linear.InputSize; first += count)
            {
                count = layer.Linear.InputsOfPiece(first, pieceWeights);
                _inputPieces[i].Add((first, count));
            }
        }

        _memory = new BackwardMemory(_network, _workspace.Layout, _workers, Updates.LimitsNorm);
        _buffers.Ensure(_memory);
    }

    /// <summary>Sets what the next calls work on.</summary>
    /// <param name="tiles">Tiles that hold samples.</param>
    /// <param name="dropoutKey">The key of the forward pass.</param>
    /// <param name="byTiles">Whether tiles go back one by one, with <see cref="RunTile"/>.</param>
    /// <param name="rule">What happens to a piece of gradient.</param>
    public void Prepare(int tiles, ulong dropoutKey, bool byTiles, in UpdateRule rule)
    {
        Tiles = tiles;
        _byTiles = byTiles;
        _dropoutKey = dropoutKey;
        Array.Clear(_tilesThrough);
        Updates.Prepare(tiles, byTiles, rule);
    }

    /// <summary>Takes one tile back through all layers, keeping its gradients; the update comes after all tiles.</summary>
    public void RunTile(int tile, int worker)
    {
        for (int layer = _network.Layers.Length - 1; layer >= 0; layer--)
        {
            BackwardTile(layer, tile, worker);
            Interlocked.Increment(ref _tilesThrough[layer]);
        }
    }

    /// <summary>Whether the gradients of all tiles are there for a layer.</summary>
    public bool AllTilesAreThrough(int layer) => Volatile.Read(ref _tilesThrough[layer]) == Tiles;

    /// <summary>
    /// Trains every parameter on the step's gradients, except for those that were updated after the tiles. By tiles that is all that is left
    /// to do if the norm is limited.
    /// </summary>
    public void Run(WorkerTeam team)
    {
        int layers = _network.Layers.Length;
        if (!_byTiles)
        {
            for (_layer = layers - 1; _layer >= 0; _layer--)
            {
                RunLayer(team);
                Updates.Run(team, _layer, _layer + 1);
            }
        }
        else if (Updates.LimitsNorm)
        {
            Updates.Run(team, 0, layers);
        }

        if (Updates.LimitsNorm)
        {
            Updates.RunLimited(team);
        }
    }

    /// <summary>Some inputs of a layer for all tiles; or a tile through the activation below it, if that takes all neurons at once.</summary>
    public void Execute(int piece, int worker)
    {
        if (_throughWholeLayer)
        {
            ThroughWholeLayer(_layer - 1, piece);
            return;
        }

        (int firstInput, int inputCount) = _takesAllInputs ? (0, _network.Layers[_layer].Linear.InputSize) : _inputPieces[_layer][piece];
        BackwardInputs(_layer, 0, Tiles, firstInput, inputCount, _buffers.Gradient(_layer, 0, ParameterKind.Weights), worker);
    }

    /// <summary>All tiles back through one layer.</summary>
    private void RunLayer(WorkerTeam team)
    {
        _takesAllInputs = team.Size == 1 && _network.Layers[_layer].Linear.TakesAllInputs(_workspace.Layout.Width);
        if (team.Size == 1 && !_takesAllInputs)
        {
            AskForWeights(_layer);
        }

        _throughWholeLayer = false;
        team.Run(this, _takesAllInputs ? 1 : _inputPieces[_layer].Count);
        if (TakesWholeLayer(_layer - 1))
        {
            _throughWholeLayer = true;
            team.Run(this, Tiles);
        }
    }

    /// <summary>Back through a layer and the activation below it, for some inputs and some tiles.</summary>
    private void BackwardInputs(
        int index, int firstTile, int endTile, int firstInput, int inputCount, Span<float> weightGradient, int worker)
    {
        LinearLayer linear = _network.Layers[index].Linear;
        for (int tile = firstTile; tile < endTile; tile++)
        {
            int width = _workspace.Layout.WidthOf(tile);
            Span<float> inputGradient =
                index == 0 ? []
                : TakesWholeLayer(index - 1) ? _workspace.GradientTile(index - 1, tile, linear.InputSize).Slice(firstInput * width, inputCount * width)
                : _buffers.InputGradient(worker, inputCount * width);
            linear.BackwardInputs(
                new BackwardTile
                {
                    Input = _workspace.LayerInputTile(index, tile, linear.InputSize),
                    OutputGradient = _workspace.GradientTile(index, tile, linear.OutputSize),
                    InputGradient = inputGradient,
                    Width = width,
                    FirstInput = firstInput,
                    InputCount = inputCount,
                    Adds = tile > firstTile,
                },
                weightGradient,
                _buffers.Scratch(worker));
            if (index > 0 && !TakesWholeLayer(index - 1))
            {
                ThroughActivation.WithDropout(
                    _network.Layers[index - 1], _workspace, index - 1, tile, firstInput, inputCount, inputGradient, _dropoutKey);
            }
        }
    }

    /// <summary>Asks for the weights that the walk back is going to read at random: those of a sparse layer that has one below it.</summary>
    private void AskForWeights(int index)
    {
        if (index > 0 && _network.Layers[index].Linear is SparseLinearLayer sparse)
        {
            CacheHint.ReadSoon(sparse.WeightValues);
        }
    }

    /// <summary>Whether a layer's activation must see the gradient of all its neurons at once.</summary>
    private bool TakesWholeLayer(int index) => index >= 0 && !_network.Layers[index].Activation.IsElementwise;

    private void ThroughWholeLayer(int index, int tile) =>
        ThroughActivation.OfWholeLayer(_network.Layers[index], _workspace, index, tile, _dropoutKey);

    /// <summary>Back through a layer for one tile, keeping the tile's gradients.</summary>
    private void BackwardTile(int index, int tile, int worker)
    {
        Span<float> weights = _buffers.Gradient(index, tile, ParameterKind.Weights);
        LinearLayer linear = _network.Layers[index].Linear;
        if (linear.TakesAllInputs(_workspace.Layout.WidthOf(tile)))
        {
            BackwardInputs(index, tile, tile + 1, 0, linear.InputSize, weights, worker);
        }
        else
        {
            // Gradients come in the order of inputs. They are put in order in memory that no other core reads: stores all over
            // lines that another core has just read would each wait for it.
            Span<float> ordered = _buffers.Scratch(worker)[^weights.Length..];
            AskForWeights(index);
            foreach ((int first, int count) in _inputPieces[index])
            {
                BackwardInputs(index, tile, tile + 1, first, count, ordered, worker);
            }

            ordered.CopyTo(weights);
        }

        if (TakesWholeLayer(index - 1))
        {
            ThroughWholeLayer(index - 1, tile);
        }

        Neurons(ParameterKind.Biases);
        Neurons(ParameterKind.Activation);

        void Neurons(ParameterKind kind) =>
            NeuronGradients.Compute(_network.Layers[index], _workspace, index, tile, tile + 1, kind, 0, _buffers.Gradient(index, tile, kind), []);
    }
}
