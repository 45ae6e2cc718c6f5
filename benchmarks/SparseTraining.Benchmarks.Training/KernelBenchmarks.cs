using BenchmarkDotNet.Attributes;
using SparseTraining.Initialization;
using SparseTraining.Kernels;
using SparseTraining.Layers;
using SparseTraining.Optimizers;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Benchmarks.Training;

/// <summary>
/// How near the machine's limit are the matrix products? One 1000 × 1000 layer, sparse with 40,000 links or dense, one
/// thread. A batch of 1 is the product with a vector, one of 2 the small-batch variant.
/// </summary>
/// <remarks>
/// Blocks begin at cache lines and are cut into tiles as in training; the walk back takes a piece of the inputs after the
/// other as there. Without AVX-512 it is two kernels, as there.
/// </remarks>
public class KernelBenchmarks : PeakBenchmarks
{
    private const int Neurons = 1000;
    private const int Links = 40_000;
    private const double OnePass = 2.0 * Links;
    private const double OneDensePass = 2.0 * Neurons * Neurons;

    private readonly UpdateRule _rule = new(
        Optimizers.Optimizers.Momentum(), new UpdateContext(1, 1e-6), 1f, Regularization.None, null);

    private TileLayout _tiles;
    private AlignedBuffer _input;
    private AlignedBuffer _output;
    private AlignedBuffer _outputGradient;
    private AlignedBuffer _inputGradient;
    private SparseLinearLayer _sparse = null!;
    private DenseLinearLayer _dense = null!;
    private TransposedIndex _transposed = null!;
    private float[] _transposedWeights = [];
    private float[] _gradient = [];
    private float[] _denseGradient = [];
    private float[] _scratch = [];

    [Params(1, 2, 32, 128)]
    public int BatchSize { get; set; } = 128;

    [GlobalSetup]
    public void Setup()
    {
        _tiles = TileLayout.For(BatchSize, Neurons);
        _input = Block();
        _output = Block();
        _outputGradient = Block();
        _inputGradient = Block();
        WeightMask mask = ErdosRenyiInitializer.Create(Neurons, Neurons, Links, new RandomGenerator(1));
        _sparse = new SparseLinearLayer(mask);
        Workloads.Numbers(Links, -1f).CopyTo(_sparse.WeightValues);
        _sparse.Weights.EnsureState(Optimizers.Optimizers.Momentum());
        _dense = new DenseLinearLayer(Neurons, Neurons);
        Workloads.Numbers(Neurons * Neurons, -1f).CopyTo(_dense.WeightValues);
        _transposed = new TransposedIndex(mask);
        _transposedWeights = Workloads.Numbers(Links, -1f);
        _gradient = new float[Links];
        _denseGradient = new float[Neurons * Neurons];
        _scratch = new float[Math.Max(_sparse.ScratchLength, _dense.ScratchLength)];
    }

    [Benchmark]
    [Work(Operations = OnePass)]
    public void SpMM() => Forward(_sparse);

    [Benchmark]
    [Work(Operations = OnePass)]
    public void TransposedSpMM()
    {
        for (int tile = 0; tile < _tiles.Count; tile++)
        {
            Kernels.SpMM.Multiply(
                _transposed.ColumnPointers,
                new IndexSpan(_transposed.NarrowRows, _transposed.WideRows),
                _transposedWeights,
                0,
                [],
                Tile(_outputGradient, tile),
                Tile(_inputGradient, tile),
                _tiles.WidthOf(tile),
                0,
                Neurons);
        }
    }

    /// <summary>Input gradient and weight gradient in one walk: two passes' worth of arithmetic.</summary>
    [Benchmark]
    [Work(Operations = 2 * OnePass)]
    public void BackwardWalk() => Backward(_sparse, _inputGradient.Span, _gradient);

    /// <summary>The weight gradient alone (SDDMM), as the first layer of a network needs it.</summary>
    [Benchmark]
    [Work(Operations = OnePass)]
    public void BackwardWalkFirstLayer() => Backward(_sparse, [], _gradient);

    /// <summary>The walk, and the optimizer on its gradients.</summary>
    [Benchmark]
    [Work(Operations = 2 * OnePass)]
    public void BackwardAndMomentum()
    {
        Backward(_sparse, _inputGradient.Span, _gradient);
        for (int first = 0, count; first < Links; first += count)
        {
            count = Math.Min(LinearLayer.PieceWeights, Links - first);
            _sparse.Weights.Update(first, _gradient.AsSpan(first, count), _rule, ParameterKind.Weights);
        }
    }

    [Benchmark]
    [Work(Operations = OneDensePass)]
    public void DenseMM() => Forward(_dense);

    [Benchmark]
    [Work(Operations = OneDensePass)]
    public void DenseGradient()
    {
        for (int tile = 0; tile < _tiles.Count; tile++)
        {
            Kernels.DenseGradient.Run(Tile(_input, tile), Tile(_outputGradient, tile), _tiles.WidthOf(tile), _denseGradient, Neurons, add: true);
        }
    }

    /// <summary>A dense layer's whole way back: transposed product and weight gradient, piece by piece.</summary>
    [Benchmark]
    [Work(Operations = 2 * OneDensePass)]
    public void DenseBackward() => Backward(_dense, _inputGradient.Span, _denseGradient);

    private void Forward(LinearLayer layer)
    {
        for (int tile = 0; tile < _tiles.Count; tile++)
        {
            layer.ForwardRows(Tile(_input, tile), Tile(_output, tile), _tiles.WidthOf(tile), 0, Neurons);
        }
    }

    private void Backward(LinearLayer layer, Span<float> inputGradient, Span<float> gradient)
    {
        for (int first = 0, count; first < Neurons; first += count)
        {
            count = layer.InputsOfPiece(first, LinearLayer.PieceWeights);
            for (int tile = 0; tile < _tiles.Count; tile++)
            {
                int width = _tiles.WidthOf(tile);
                layer.BackwardInputs(
                    new BackwardTile
                    {
                        Input = Tile(_input, tile),
                        OutputGradient = Tile(_outputGradient, tile),
                        InputGradient = inputGradient.IsEmpty ? [] : inputGradient[..(count * width)],
                        Width = width,
                        FirstInput = first,
                        InputCount = count,
                        Adds = tile > 0,
                    },
                    gradient,
                    _scratch);
            }
        }
    }

    private AlignedBuffer Block()
    {
        var block = new AlignedBuffer(_tiles.Length(Neurons, _tiles.Count));
        Workloads.Numbers(block.Span.Length, -1f).CopyTo(block.Span);
        return block;
    }

    private Span<float> Tile(AlignedBuffer block, int tile) => _tiles.Tile(block.Span, tile, Neurons);
}
