using System.Diagnostics.CodeAnalysis;
using SparseTraining.Kernels;
using SparseTraining.Layers;

namespace SparseTraining.Training;

/// <summary>
/// The second half of a step: from the last layer to the first, input gradients and weight gradients at existing links; then
/// the optimizer. Each row of a gradient and each parameter has one writer and its sum one order, so that it does not show
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
    private readonly bool _limitsNorm;
    private readonly List<(int FirstInput, int InputCount)>[] _inputPieces;
    private readonly int[] _firstParameterPieces;
    private readonly float[][] _scratch;
    private readonly AlignedBuffer[] _inputGradients;
    private readonly float[][] _gradients;
    private readonly int[] _tilesThrough;
    private ParameterPiece[] _parameterPieces = [];
    private double[] _squares = [];
    private BackwardMemory _memory;
    private bool _byTiles;
    private bool _takesAllInputs;
    private UpdateRule _rule;
    private ulong _dropoutKey;
    private int _tiles;
    private Phase _phase;
    private int _layer;
    private int _firstPiece;
    private float _factor;

    /// <summary>Prepares for a network.</summary>
    /// <param name="network">The network; call <see cref="Plan"/> whenever its links have changed.</param>
    /// <param name="workspace">The blocks that the forward pass fills.</param>
    /// <param name="workers">Threads of the team.</param>
    /// <param name="limitsNorm">Whether the norm of the whole network's gradient will be limited.</param>
    public BackwardPass(Network network, Workspace workspace, int workers, bool limitsNorm)
    {
        _network = network;
        _workspace = workspace;
        _workers = workers;
        _limitsNorm = limitsNorm;
        _inputPieces = [.. network.Layers.Select(_ => new List<(int, int)>())];
        _firstParameterPieces = new int[network.Layers.Length + 1];
        _scratch = [.. Enumerable.Repeat(Array.Empty<float>(), workers)];
        _inputGradients = [.. Enumerable.Range(0, workers).Select(_ => new AlignedBuffer(BackwardMemory.InputGradientsLength(network, workspace.Layout)))];
        _gradients = [.. Enumerable.Repeat(Array.Empty<float>(), network.Layers.Length)];
        _tilesThrough = new int[network.Layers.Length];
        Plan();
    }

    private enum Phase
    {
        /// <summary>All tiles back through one layer; a piece is some of its inputs.</summary>
        Inputs,

        /// <summary>Through the activation below that layer, if it takes all neurons at once; a piece is a tile.</summary>
        WholeLayer,

        /// <summary>Gradients of parameters and their update.</summary>
        Update,

        /// <summary>Gradients of parameters, scaled, and their squares.</summary>
        Norm,

        /// <summary>Updates after <see cref="Norm"/>.</summary>
        LimitedUpdate,
    }

    /// <summary>Bytes of scratch memory and gradients.</summary>
    public long Bytes =>
        sizeof(float) * _scratch.Concat(_gradients).Distinct().Sum(array => array.LongLength) + sizeof(double) * _squares.LongLength
        + _inputGradients.Sum(buffer => buffer.Bytes);

    /// <summary>Tiles that the last step used.</summary>
    public int Tiles => _tiles;

    /// <summary>The ways that a step may go, after <see cref="Plan"/>.</summary>
    /// <remarks>A tile for each thread is the best way there is, as long as the gradients of all tiles stay cached; else it depends on the machine.</remarks>
    public IReadOnlyList<StepWay> Ways =>
        _workers == 1 ? [StepWay.Alone]
        : _memory.IsLarge ? [StepWay.ByRows]
        : !_memory.HasTileGradients ? [StepWay.ByRows, StepWay.Alone]
        : _workspace.Layout.Count < _workers || _gradients.Sum(array => array.LongLength) > CachedGradients ? [StepWay.ByTiles, StepWay.ByRows]
        : [StepWay.ByTiles];

    /// <summary>Cuts the layers into pieces.</summary>
    [MemberNotNull(nameof(_memory))]
    public void Plan()
    {
        _parameterPieces = [.. ParameterPieces.Of(_network)];
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

            _firstParameterPieces[i + 1] = _firstParameterPieces[i] + _parameterPieces.Count(piece => piece.Layer == i);
        }

        _memory = new BackwardMemory(_network, _workspace.Layout, _workers, _limitsNorm);
        Allocate(_memory);
    }

    /// <summary>Sets what the next calls work on.</summary>
    /// <param name="tiles">Tiles that hold samples.</param>
    /// <param name="dropoutKey">The key of the forward pass.</param>
    /// <param name="byTiles">Whether tiles go back one by one, with <see cref="RunTile"/>.</param>
    /// <param name="rule">What happens to a piece of gradient.</param>
    public void Prepare(int tiles, ulong dropoutKey, bool byTiles, in UpdateRule rule)
    {
        _tiles = tiles;
        _byTiles = byTiles;
        _dropoutKey = dropoutKey;
        _rule = rule;
        _phase = _limitsNorm ? Phase.Norm : Phase.Update;
        Array.Clear(_tilesThrough);
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

    /// <summary>Updates that may begin before all tiles are done; none where the norm of the whole gradient must be known first.</summary>
    public int UpdatesAfterTiles => _limitsNorm ? 0 : _parameterPieces.Length;

    /// <summary>How many of them, the ones from number 0 on, train the first layer.</summary>
    public int UpdatesOfFirstLayer => _limitsNorm ? 0 : _firstParameterPieces[1];

    /// <summary>The layer whose parameters an update trains.</summary>
    public int LayerOfUpdate(int update) => _parameterPieces[update].Layer;

    /// <summary>Whether the gradients of all tiles are there for a layer.</summary>
    public bool AllTilesAreThrough(int layer) => Volatile.Read(ref _tilesThrough[layer]) == _tiles;

    /// <summary>
    /// Trains every parameter on the step's gradients, except for those that were updated after the tiles. By tiles that is all that is left
    /// to do if the norm is limited.
    /// </summary>
    /// <param name="team">The threads.</param>
    /// <param name="normLimit">The largest norm that the gradient of the whole network may have; ignored unless there is a limit.</param>
    public void Run(WorkerTeam team, double normLimit)
    {
        int layers = _network.Layers.Length;
        Phase update = _phase;
        if (!_byTiles)
        {
            for (_layer = layers - 1; _layer >= 0; _layer--)
            {
                LinearLayer linear = _network.Layers[_layer].Linear;
                _takesAllInputs = team.Size == 1 && linear.TakesAllInputs(_workspace.Layout.Width);
                if (team.Size == 1 && !_takesAllInputs)
                {
                    AskForWeights(_layer);
                }

                Run(team, Phase.Inputs, 0, _takesAllInputs ? 1 : _inputPieces[_layer].Count);
                if (TakesWholeLayer(_layer - 1))
                {
                    Run(team, Phase.WholeLayer, 0, _tiles);
                }

                RunParameters(team, update, _layer, _layer + 1);
            }
        }
        else if (_limitsNorm)
        {
            RunParameters(team, update, 0, layers);
        }

        if (_limitsNorm)
        {
            double norm = Math.Sqrt(SumOfSquares());
            _factor = norm > normLimit ? (float)(normLimit / norm) : 1f;
            RunParameters(team, Phase.LimitedUpdate, 0, layers);
        }
    }

    public void Execute(int piece, int worker)
    {
        switch (_phase)
        {
            case Phase.Inputs:
                (int firstInput, int inputCount) = _takesAllInputs ? (0, _network.Layers[_layer].Linear.InputSize) : _inputPieces[_layer][piece];
                BackwardInputs(_layer, 0, _tiles, firstInput, inputCount, Gradient(_layer, 0, ParameterKind.Weights), worker);
                break;
            case Phase.WholeLayer:
                ThroughWholeLayer(_layer - 1, piece);
                break;
            default:
                Update(_firstPiece + piece, worker);
                break;
        }
    }

    /// <summary>The input of a layer over all used tiles.</summary>
    public ReadOnlySpan<float> Input(int layer)
    {
        Span<float> all = layer == 0 ? _workspace.Input : _workspace.AllOutputs(layer - 1);
        return all[..(int)_workspace.Layout.Length(_network.Layers[layer].Linear.InputSize, _tiles)];
    }

    /// <summary>The gradient with respect to a layer's weighted sums over all used tiles.</summary>
    public Span<float> OutputGradient(int layer) =>
        _workspace.AllGradients(layer)[..(int)_workspace.Layout.Length(_network.Layers[layer].Linear.OutputSize, _tiles)];

    private void Run(WorkerTeam team, Phase phase, int firstPiece, int pieces)
    {
        _phase = phase;
        _firstPiece = firstPiece;
        team.Run(this, pieces);
    }

    private void RunParameters(WorkerTeam team, Phase phase, int firstLayer, int endLayer) =>
        Run(team, phase, _firstParameterPieces[firstLayer], _firstParameterPieces[endLayer] - _firstParameterPieces[firstLayer]);

    /// <summary>Back through a layer and the activation below it, for some inputs and some tiles.</summary>
    private void BackwardInputs(
        int index, int firstTile, int endTile, int firstInput, int inputCount, Span<float> weightGradient, int worker)
    {
        LinearLayer linear = _network.Layers[index].Linear;
        TileLayout layout = _workspace.Layout;
        for (int tile = firstTile; tile < endTile; tile++)
        {
            int width = layout.WidthOf(tile);
            Span<float> inputGradient =
                index == 0 ? []
                : TakesWholeLayer(index - 1) ? _workspace.GradientTile(index - 1, tile, linear.InputSize).Slice(firstInput * width, inputCount * width)
                : _inputGradients[worker].Slice(0, inputCount * width);
            linear.BackwardInputs(
                new BackwardTile
                {
                    Input = layout.Tile(Input(index), tile, linear.InputSize),
                    OutputGradient = layout.Tile((ReadOnlySpan<float>)OutputGradient(index), tile, linear.OutputSize),
                    InputGradient = inputGradient,
                    Width = width,
                    FirstInput = firstInput,
                    InputCount = inputCount,
                    Adds = tile > firstTile,
                },
                weightGradient,
                _scratch[worker]);
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
        Span<float> weights = Gradient(index, tile, ParameterKind.Weights);
        LinearLayer linear = _network.Layers[index].Linear;
        if (linear.TakesAllInputs(_workspace.Layout.WidthOf(tile)))
        {
            BackwardInputs(index, tile, tile + 1, 0, linear.InputSize, weights, worker);
        }
        else
        {
            // Gradients come in the order of inputs. They are put in order in memory that no other core reads: stores all over
            // lines that another core has just read would each wait for it.
            Span<float> ordered = _scratch[worker].AsSpan()[^weights.Length..];
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

        NeuronGradients(index, tile, tile + 1, ParameterKind.Biases, 0, Gradient(index, tile, ParameterKind.Biases), []);
        NeuronGradients(index, tile, tile + 1, ParameterKind.Activation, 0, Gradient(index, tile, ParameterKind.Activation), []);
    }

    /// <summary>Trains a piece of parameters on the gradients of all tiles.</summary>
    public void Update(int number, int worker)
    {
        ParameterPiece piece = _parameterPieces[number];
        NetworkLayer layer = _network.Layers[piece.Layer];
        ParameterArray parameters = piece.Kind switch
        {
            ParameterKind.Weights => layer.Linear.Weights,
            ParameterKind.Biases => layer.Linear.Biases,
            _ => layer.ActivationParameters,
        };
        Span<float> gradient = Gradient(piece.Layer, 0, piece.Kind).Slice(piece.First, piece.Count);
        if (_phase == Phase.LimitedUpdate)
        {
            Arithmetic.Scale(gradient, _factor);
            parameters.Update(piece.First, gradient, _rule, piece.Kind, isScaled: true);
            return;
        }

        if (_byTiles)
        {
            gradient = TileSum(piece, _limitsNorm ? gradient : _scratch[worker].AsSpan(0, piece.Count));
        }
        else if (piece.Kind != ParameterKind.Weights)
        {
            NeuronGradients(piece.Layer, 0, _tiles, piece.Kind, piece.First, gradient, _scratch[worker]);
        }

        if (_phase == Phase.Update)
        {
            parameters.Update(piece.First, gradient, _rule, piece.Kind);
        }
        else
        {
            _rule.Scale(parameters.Values.AsSpan(piece.First, piece.Count), gradient, piece.Kind);
            _squares[number] = SumOfSquares(gradient);
        }
    }

    /// <summary>Adds up the tiles' gradients of a piece of parameters in their order.</summary>
    private Span<float> TileSum(ParameterPiece piece, Span<float> sum)
    {
        Gradient(piece.Layer, 0, piece.Kind).Slice(piece.First, piece.Count).CopyTo(sum);
        for (int tile = 1; tile < _tiles; tile++)
        {
            Arithmetic.Add(sum, Gradient(piece.Layer, tile, piece.Kind).Slice(piece.First, piece.Count));
        }

        return sum;
    }

    /// <summary>Gradients of parameters that belong to neurons, biases or those of an activation, over some tiles. Several take scratch memory.</summary>
    private void NeuronGradients(int index, int firstTile, int endTile, ParameterKind kind, int first, Span<float> gradient, Span<float> scratch)
    {
        NetworkLayer layer = _network.Layers[index];
        if (kind == ParameterKind.Biases)
        {
            RowSums.Run(OutputGradient(index), _workspace.Layout, firstTile, endTile, layer.Linear.OutputSize, first, gradient);
            return;
        }

        int perNeuron = layer.Activation.ParametersPerNeuron;
        for (int tile = firstTile; perNeuron > 0 && tile < endTile; tile++)
        {
            // Each tile from 0, then the tiles in their order, as when each is kept: an activation may add sample by sample.
            Span<float> sum = tile == firstTile ? gradient : scratch[..gradient.Length];
            sum.Clear();
            int width = _workspace.Layout.WidthOf(tile);
            int start = first / perNeuron * width;
            int length = gradient.Length / perNeuron * width;
            layer.Activation.ParameterGradient(
                _workspace.LogitTile(index, tile, layer.Linear.OutputSize).Slice(start, length),
                _workspace.ActivationGradientTile(index, tile, layer.Linear.OutputSize).Slice(start, length),
                width,
                layer.ActivationParameters.Values.AsSpan(first, gradient.Length),
                sum);
            if (tile > firstTile)
            {
                Arithmetic.Add(gradient, sum);
            }
        }
    }

    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return sum;
    }

    private double SumOfSquares()
    {
        double sum = 0;
        foreach (double square in _squares)
        {
            sum += square;
        }

        return sum;
    }

    /// <summary>A tile's gradients of one kind of parameters of a layer; without tiles, number 0 holds those of all.</summary>
    private Span<float> Gradient(int layer, int tile, ParameterKind kind)
    {
        NetworkLayer parameters = _network.Layers[layer];
        int weights = parameters.Linear.WeightValues.Length;
        int neurons = parameters.Linear.OutputSize;
        Span<float> all = _gradients[layer].AsSpan(tile * parameters.ParameterLength, parameters.ParameterLength);
        return kind switch
        {
            ParameterKind.Weights => all[..weights],
            ParameterKind.Biases => all.Slice(weights, neurons),
            _ => all[(weights + neurons)..],
        };
    }

    private void Allocate(BackwardMemory memory)
    {
        for (int worker = 0; worker < _workers; worker++)
        {
            Ensure(ref _scratch[worker], memory.ScratchLength);
        }

        for (int layer = 0; layer < _gradients.Length; layer++)
        {
            if (memory.SharesGradients && layer > 0)
            {
                _gradients[layer] = _gradients[0];
            }
            else
            {
                Ensure(ref _gradients[layer], memory.GradientLengths[layer]);
            }
        }

        _squares = new double[memory.SquareCount];

        static void Ensure(ref float[] array, int length) => array = array.Length < length ? new float[length] : array;
    }
}
