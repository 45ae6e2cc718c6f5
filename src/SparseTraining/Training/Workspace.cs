using SparseTraining.Data;
using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>
/// The blocks that a network's activations and gradients go through, all [tiles][features, width]. Allocated once; a step
/// allocates nothing.
/// </summary>
internal sealed class Workspace
{
    private readonly Block _input;
    private readonly Block[] _outputs;
    private readonly Block[] _logits;
    private readonly Block[] _gradients;
    private readonly Block[] _activationGradients;
    private readonly Block _targets;
    private readonly float[] _weights;
    private readonly int[] _filled;

    /// <summary>Allocates.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batchSize">Samples of a full batch.</param>
    /// <param name="forTraining">Whether there will be a backward pass.</param>
    /// <param name="keepsOutputs">
    /// Whether the outputs of hidden layers are wanted after it; otherwise each gradient takes the place of the output that has served.
    /// </param>
    public Workspace(Network network, int batchSize, bool forTraining, bool keepsOutputs = false)
    {
        Layout = LayoutOf(network, batchSize);
        KeepsOutputs = keepsOutputs;
        NetworkLayer[] layers = network.Layers;
        _input = NewBlock(network.InputSize);
        _outputs = new Block[layers.Length];
        _logits = new Block[layers.Length];
        _gradients = new Block[layers.Length];
        _activationGradients = new Block[layers.Length];

        // Without a backward pass a layer's output is needed only until the next one is computed: two blocks take turns.
        Block[] turns = forTraining ? [] : [NewBlock(network.WidestLayer), NewBlock(network.WidestLayer)];
        for (int i = 0; i < layers.Length; i++)
        {
            int neurons = layers[i].Linear.OutputSize;
            bool isLast = i == layers.Length - 1;
            bool separateLogits = isLast || (forTraining && KeepsLogits(layers[i]));
            _outputs[i] = forTraining ? NewBlock(neurons) : turns[i % 2];
            _logits[i] = separateLogits ? NewBlock(neurons) : _outputs[i];
            _gradients[i] = !forTraining ? default : HasOwnGradient(layers[i], isLast, keepsOutputs) ? NewBlock(neurons) : _outputs[i];
            _activationGradients[i] = forTraining && KeepsActivationGradient(layers[i]) ? NewBlock(neurons) : default;
        }

        _targets = NewBlock(network.OutputSize);
        _weights = new float[Layout.Count * Layout.Width];
        _filled = new int[Layout.Count];
        SampleLosses = new double[Layout.Count * Layout.Width];
        Bytes = _outputs.Concat(_logits).Concat(_gradients).Concat(_activationGradients).Append(_input).Append(_targets)
            .Distinct().Sum(block => block.Buffer.Bytes)
            + sizeof(float) * _weights.LongLength + sizeof(int) * _filled.LongLength + sizeof(double) * SampleLosses.LongLength;
    }

    /// <summary>The <see cref="Bytes"/> of a workspace for training, before there is one.</summary>
    public static long TrainingBytes(Network network, int batchSize, bool keepsOutputs)
    {
        TileLayout layout = LayoutOf(network, batchSize);
        long BytesOf(int features) => AlignedBuffer.BytesOf(layout.Length(features, layout.Count));

        long layers = network.Layers.Sum(layer =>
        {
            bool isLast = layer == network.Layers[^1];
            int blocks = 1 + Count(HasOwnGradient(layer, isLast, keepsOutputs)) + Count(isLast || KeepsLogits(layer)) + Count(KeepsActivationGradient(layer));
            return blocks * BytesOf(layer.Linear.OutputSize);
        });
        return layers + BytesOf(network.InputSize) + BytesOf(network.OutputSize)
            + layout.Count * (sizeof(int) + (long)layout.Width * (sizeof(float) + sizeof(double)));

        static int Count(bool block) => block ? 1 : 0;
    }

    public TileLayout Layout { get; }

    /// <summary>Whether the outputs of hidden layers are still there after a backward pass.</summary>
    public bool KeepsOutputs { get; }

    public long Bytes { get; }

    /// <summary>Weight · loss of each sample of the batch.</summary>
    public double[] SampleLosses { get; }

    public Span<float> InputTile(int tile, int features) => Tile(_input, tile, features);

    /// <summary>What a layer reads: the samples, or the outputs of the layer below it.</summary>
    public Span<float> LayerInputTile(int layer, int tile, int features) =>
        layer == 0 ? InputTile(tile, features) : OutputTile(layer - 1, tile, features);

    public Span<float> OutputTile(int layer, int tile, int neurons) => Tile(_outputs[layer], tile, neurons);

    public Span<float> LogitTile(int layer, int tile, int neurons) => Tile(_logits[layer], tile, neurons);

    public Span<float> GradientTile(int layer, int tile, int neurons) => Tile(_gradients[layer], tile, neurons);

    public Span<float> ActivationGradientTile(int layer, int tile, int neurons) => Tile(_activationGradients[layer], tile, neurons);

    public Span<float> TargetTile(int tile, int outputs) => Tile(_targets, tile, outputs);

    public Span<float> WeightTile(int tile) => _weights.AsSpan(tile * Layout.Width, Layout.WidthOf(tile));

    public Span<double> LossTile(int tile) => SampleLosses.AsSpan(tile * Layout.Width, Layout.WidthOf(tile));

    /// <summary>Transposes the batch's samples of one tile into the input block, and writes their targets and weights.</summary>
    public void Fill(int tile, MiniBatch batch, int count, FeatureScaler? scaler, ReadOnlySpan<float> classWeights, int outputs)
    {
        int width = Layout.WidthOf(tile);
        int first = tile * Layout.Width;
        int samples = Math.Min(width, count - first);
        Span<float> block = InputTile(tile, batch.FeatureCount);
        FillColumns(block, batch, first, samples, width);
        if (scaler is not null)
        {
            Scaling.Rows(block, width, scaler.Offsets, scaler.Scales);
        }

        // Columns without a sample hold zeros, whatever a fuller batch left there.
        for (int f = 0; samples < _filled[tile] && f < batch.FeatureCount; f++)
        {
            block.Slice(f * width + samples, _filled[tile] - samples).Clear();
        }

        _filled[tile] = scaler is null ? samples : width;
        if (!batch.IgnoresTargets)
        {
            FillTargets(tile, batch, first, samples, classWeights, outputs);
        }
    }

    private static void FillColumns(Span<float> block, MiniBatch batch, int first, int samples, int width)
    {
        int s = 0;
        for (; s + 8 <= samples; s += 8)
        {
            int b = first + s;
            if (!AnyBytes(batch, b))
            {
                Transposition.EightRows(
                    batch.Features(b), batch.Features(b + 1), batch.Features(b + 2), batch.Features(b + 3),
                    batch.Features(b + 4), batch.Features(b + 5), batch.Features(b + 6), batch.Features(b + 7),
                    block, width, s);
            }
            else if (SameBytes(batch, b))
            {
                Transposition.EightRows(
                    batch.Bytes(b).Values.Span, batch.Bytes(b + 1).Values.Span, batch.Bytes(b + 2).Values.Span, batch.Bytes(b + 3).Values.Span,
                    batch.Bytes(b + 4).Values.Span, batch.Bytes(b + 5).Values.Span, batch.Bytes(b + 6).Values.Span, batch.Bytes(b + 7).Values.Span,
                    batch.Bytes(b).Numbers, block, width, s);
            }
            else
            {
                for (int i = 0; i < 8; i++)
                {
                    FillColumn(block, batch, b + i, width, s + i);
                }
            }
        }

        for (; s < samples; s++)
        {
            FillColumn(block, batch, first + s, width, s);
        }
    }

    private static void FillColumn(Span<float> block, MiniBatch batch, int sample, int width, int column)
    {
        if (batch.IsBytes(sample))
        {
            Transposition.OneRow(batch.Bytes(sample).Values.Span, batch.Bytes(sample).Numbers, block, width, column);
        }
        else
        {
            Transposition.OneRow(batch.Features(sample), block, width, column);
        }
    }

    private static bool AnyBytes(MiniBatch batch, int first)
    {
        bool any = false;
        for (int i = first; i < first + 8; i++)
        {
            any |= batch.IsBytes(i);
        }

        return any;
    }

    /// <summary>Whether eight samples are bytes that stand for the same numbers.</summary>
    private static bool SameBytes(MiniBatch batch, int first)
    {
        bool same = true;
        for (int i = first; i < first + 8; i++)
        {
            same &= ReferenceEquals(batch.Bytes(i).Numbers, batch.Bytes(first).Numbers);
        }

        return same;
    }

    private void FillTargets(int tile, MiniBatch batch, int first, int samples, ReadOnlySpan<float> classWeights, int outputs)
    {
        int width = Layout.WidthOf(tile);
        Span<float> targets = TargetTile(tile, outputs);
        Span<float> weights = WeightTile(tile);
        targets.Clear();
        weights.Clear();
        for (int s = 0; s < samples; s++)
        {
            float weight = batch.Weights[first + s];
            if (batch.TargetKind == TargetKind.ClassLabels)
            {
                int label = batch.Labels[first + s];
                weight *= classWeights.IsEmpty ? 1f : classWeights[label];
                if (outputs == 1)
                {
                    targets[s] = label;
                }
                else
                {
                    targets[label * width + s] = 1f;
                }
            }
            else if (batch.TargetKind == TargetKind.Values)
            {
                ReadOnlySpan<float> values = batch.Targets(first + s);
                for (int o = 0; o < outputs; o++)
                {
                    targets[o * width + s] = values[o];
                }
            }

            weights[s] = weight;
        }
    }

    /// <summary>How a network's batches are cut into tiles.</summary>
    public static TileLayout LayoutOf(Network network, int batchSize) =>
        TileLayout.For(batchSize, Math.Max(network.InputSize, network.WidestLayer));

    /// <summary>Whether the backward pass of a hidden layer must see what the activation was given. The loss is always given that of the last layer.</summary>
    private static bool KeepsLogits(NetworkLayer layer) =>
        !(layer.Activation.PreservesSign && layer.Activation.IsElementwise && layer.Activation.ParametersPerNeuron == 0);

    /// <summary>
    /// Whether a layer's gradient must leave its output alone: the loss reads the last one while it writes the gradient, and an activation of
    /// all neurons at once is given all of both.
    /// </summary>
    private static bool HasOwnGradient(NetworkLayer layer, bool isLast, bool keepsOutputs) =>
        isLast || keepsOutputs || !layer.Activation.IsElementwise;

    private static bool KeepsActivationGradient(NetworkLayer layer) => layer.Activation.ParametersPerNeuron > 0;

    private Block NewBlock(int features) => new(new AlignedBuffer(Layout.Length(features, Layout.Count)), features);

    private Span<float> Tile(Block block, int tile, int features) =>
        block.Buffer.Slice(tile * block.Features * Layout.Width, features * Layout.WidthOf(tile));

    /// <summary>
    /// Memory for [tiles, features, width]. A layer may fill fewer features of each tile; the tiles stay where they are, so
    /// that threads in different layers never meet.
    /// </summary>
    private readonly record struct Block(AlignedBuffer Buffer, int Features);
}
