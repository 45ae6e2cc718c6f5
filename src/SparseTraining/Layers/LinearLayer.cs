using System.Buffers;
using SparseTraining.Initialization;
using SparseTraining.Kernels;
using SparseTraining.Optimizers;
using SparseTraining.Randomness;

namespace SparseTraining.Layers;

/// <summary>
/// Y = W X + b on feature-major blocks: the part of a network that <see cref="SparseLinearLayer"/>,
/// <see cref="DenseLinearLayer"/> and <see cref="MaskedLinearLayer"/> share. Usable on its own to build a network by hand.
/// </summary>
/// <remarks>
/// A block is [features, width]: one contiguous row a feature, one column a sample; <c>width</c> is the number of samples
/// in it. <see cref="Gradient"/> and <see cref="Update"/> also take several blocks one after another, [blocks, features,
/// width]. A layer is not safe for training from several threads; forward and backward passes only read it.
/// </remarks>
public abstract class LinearLayer
{
    /// <summary>Weights of a piece: enough to be worth a hand-over, few enough to stay in the cache and to balance threads.</summary>
    internal const int PieceWeights = 4096;

    /// <summary>The most inputs of a piece: their gradients stay in the cache until they have gone through the activation.</summary>
    internal const int PieceInputs = 256;

    private protected LinearLayer(int inputSize, int outputSize, int weightCount)
    {
        InputSize = inputSize;
        OutputSize = outputSize;
        Weights = new ParameterArray(weightCount);
        Biases = new ParameterArray(outputSize);
    }

    /// <summary>Input neurons.</summary>
    public int InputSize { get; }

    /// <summary>Output neurons.</summary>
    public int OutputSize { get; }

    /// <summary>Links: weights that exist.</summary>
    public abstract int LinkCount { get; }

    /// <summary>Links / (inputs · outputs).</summary>
    public double Density => (double)LinkCount / InputSize / OutputSize;

    /// <summary>
    /// The weights in storage order: by link for a sparse layer, row-major [outputs, inputs] for a dense or masked one.
    /// Writable; in a masked layer what is no link must stay 0.
    /// </summary>
    public Span<float> WeightValues => Weights.Values;

    /// <summary>The biases, one an output neuron. Writable.</summary>
    public Span<float> BiasValues => Biases.Values;

    /// <summary>Bytes of everything that training keeps for this layer: weights, biases, optimizer state, indices.</summary>
    public virtual long TrainingStateBytes => Weights.Bytes + Biases.Bytes;

    internal ParameterArray Weights { get; }

    internal ParameterArray Biases { get; }

    /// <summary>Draws the weights of all links and sets the biases to 0.</summary>
    /// <param name="initializer">The distribution; it sees each neuron's actual number of links.</param>
    /// <param name="random">The stream to draw from, link after link in storage order.</param>
    public void Initialize(WeightInitializer initializer, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        ArgumentNullException.ThrowIfNull(random);
        DrawWeights(initializer, random);
        BiasValues.Clear();
    }

    /// <summary>Computes Y = W X + b.</summary>
    /// <param name="input">[inputs, width].</param>
    /// <param name="output">[outputs, width], overwritten.</param>
    /// <param name="width">Samples, at least 1.</param>
    /// <exception cref="ArgumentException">A block's length does not fit, or the blocks overlap.</exception>
    public void Forward(ReadOnlySpan<float> input, Span<float> output, int width)
    {
        ThrowIfNotBlock(input.Length, InputSize, width, nameof(input));
        ThrowIfNotBlock(output.Length, OutputSize, width, nameof(output));
        ThrowIfOverlapping(input, output, nameof(output));
        ForwardRows(input, output, width, 0, OutputSize);
    }

    /// <summary>Computes dX = Wᵀ dY, the gradient with respect to the input.</summary>
    /// <param name="outputGradient">dY, [outputs, width].</param>
    /// <param name="inputGradient">dX, [inputs, width], overwritten.</param>
    /// <param name="width">Samples, at least 1.</param>
    /// <exception cref="ArgumentException">A block's length does not fit, or the blocks overlap.</exception>
    public void Backward(ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int width)
    {
        ThrowIfNotBlock(outputGradient.Length, OutputSize, width, nameof(outputGradient));
        ThrowIfNotBlock(inputGradient.Length, InputSize, width, nameof(inputGradient));
        ThrowIfOverlapping(outputGradient, inputGradient, nameof(inputGradient));
        float[] scratch = ArrayPool<float>.Shared.Rent(ScratchLength);
        for (int first = 0, count; first < InputSize; first += count)
        {
            count = InputsOfPiece(first, PieceWeights);
            BackwardRows(outputGradient, inputGradient.Slice(first * width, count * width), width, first, count, scratch);
        }

        ArrayPool<float>.Shared.Return(scratch);
    }

    /// <summary>Computes the gradients of weights and biases, summed over all samples.</summary>
    /// <param name="input">X, [blocks, inputs, width].</param>
    /// <param name="outputGradient">dY, [blocks, outputs, width].</param>
    /// <param name="width">Samples in a block, at least 1.</param>
    /// <param name="weightGradient">As long as <see cref="WeightValues"/>, overwritten.</param>
    /// <param name="biasGradient">As long as <see cref="BiasValues"/>, overwritten.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Gradient(
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> outputGradient,
        int width,
        Span<float> weightGradient,
        Span<float> biasGradient)
    {
        ThrowIfNotBlocks(input.Length, outputGradient.Length, width);
        ThrowIfWrongLength(weightGradient.Length, WeightValues.Length, nameof(weightGradient));
        ThrowIfWrongLength(biasGradient.Length, OutputSize, nameof(biasGradient));
        using var inputTiles = new TiledBlocks(input, InputSize, width);
        using var gradientTiles = new TiledBlocks(outputGradient, OutputSize, width);
        TileLayout layout = inputTiles.Layout;
        float[] scratch = ArrayPool<float>.Shared.Rent(ScratchLength);
        for (int first = 0, count; first < InputSize; first += count)
        {
            count = InputsOfPiece(first, PieceWeights);
            for (int tile = 0; tile < layout.Count; tile++)
            {
                BackwardInputs(
                    new BackwardTile
                    {
                        Input = layout.Tile(inputTiles.Values, tile, InputSize),
                        OutputGradient = layout.Tile(gradientTiles.Values, tile, OutputSize),
                        InputGradient = [],
                        Width = layout.WidthOf(tile),
                        FirstInput = first,
                        InputCount = count,
                        Adds = tile > 0,
                    },
                    weightGradient,
                    scratch);
            }
        }

        ArrayPool<float>.Shared.Return(scratch);
        for (int tile = 0; tile < layout.Count; tile++)
        {
            RowSums.Run(layout.Tile(gradientTiles.Values, tile, OutputSize), layout.WidthOf(tile), biasGradient, add: tile > 0);
        }
    }

    /// <summary>Trains the layer on one step: <see cref="Gradient"/>, then the optimizer.</summary>
    /// <param name="input">X, [blocks, inputs, width].</param>
    /// <param name="outputGradient">dY, [blocks, outputs, width].</param>
    /// <param name="width">Samples in a block, at least 1.</param>
    /// <param name="gradientScale">What the sums over samples are multiplied by: 1 / batch size for the mean.</param>
    /// <param name="optimizer">The rule that turns gradients into steps.</param>
    /// <param name="context">Step number and learning rate.</param>
    /// <param name="regularization">Weight decay and penalties, or <see langword="null"/> for none.</param>
    /// <param name="clipping">A limit on gradients by value, or <see langword="null"/> for none.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Update(
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> outputGradient,
        int width,
        float gradientScale,
        Optimizer optimizer,
        in UpdateContext context,
        Regularization? regularization = null,
        GradientClipping? clipping = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ThrowIfNotBlocks(input.Length, outputGradient.Length, width);
        if (clipping is { IsGlobalNorm: true })
        {
            throw new ArgumentException("One layer knows no global norm: scale the gradient, or clip by value.", nameof(clipping));
        }

        Weights.EnsureState(optimizer);
        Biases.EnsureState(optimizer);
        var rule = new UpdateRule(optimizer, context, gradientScale, regularization ?? Regularization.None, clipping);
        float[] gradients = ArrayPool<float>.Shared.Rent(WeightValues.Length + OutputSize);
        Span<float> weightGradient = gradients.AsSpan(0, WeightValues.Length);
        Span<float> biasGradient = gradients.AsSpan(WeightValues.Length, OutputSize);
        Gradient(input, outputGradient, width, weightGradient, biasGradient);
        Weights.Update(0, weightGradient, rule, ParameterKind.Weights);
        Biases.Update(0, biasGradient, rule, ParameterKind.Biases);
        ArrayPool<float>.Shared.Return(gradients);
    }

    private protected abstract void DrawWeights(WeightInitializer initializer, RandomGenerator random);

    /// <summary>Computes output rows [firstRow, firstRow + rowCount) into a block that holds just those.</summary>
    internal abstract void ForwardRows(ReadOnlySpan<float> input, Span<float> output, int width, int firstRow, int rowCount);

    /// <summary>Rows that are computed together: where threads share a prediction's rows, a piece begins and ends at multiples of it, or at the last row.</summary>
    internal virtual int RowGroup => 1;

    /// <summary>Whether <see cref="ForwardRows"/> goes through blocks of these inputs, so that it is best given all rows at once.</summary>
    internal virtual bool TakesAllRows(ReadOnlySpan<float> input) => false;

    /// <summary>Whether <see cref="BackwardInputs"/> is best given all inputs at once, where one thread takes a tile of that width, or all of a step that are so wide, back.</summary>
    internal virtual bool TakesAllInputs(int width) => false;

    /// <summary>
    /// How many inputs from one on make a piece of the backward pass: about so many weights leave them, at most <see cref="PieceWeights"/>, and
    /// they are at most <see cref="PieceInputs"/>.
    /// </summary>
    internal abstract int InputsOfPiece(int firstInput, int pieceWeights);

    /// <summary>Values of scratch memory that the largest piece needs.</summary>
    internal abstract int ScratchLength { get; }

    /// <summary>
    /// Computes the rows of dX that belong to a piece's inputs (unless nobody needs them) and the gradients of the weights that
    /// leave these inputs, over one tile.
    /// </summary>
    /// <param name="tile">What to read, and where to write dX.</param>
    /// <param name="weightGradient">As long as <see cref="WeightValues"/>; the piece's part is overwritten or added to.</param>
    /// <param name="scratch">Overwritten.</param>
    internal abstract void BackwardInputs(in BackwardTile tile, Span<float> weightGradient, Span<float> scratch);

    /// <summary>Computes dX of a piece's inputs for one block, without weight gradients.</summary>
    private protected abstract void BackwardRows(
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int width, int firstInput, int inputCount, Span<float> scratch);

    private static void ThrowIfNotBlock(int length, int features, int width, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (length != (long)features * width)
        {
            throw new ArgumentException(
                $"A block of {length} values is not [{features} features, {width} samples] = {(long)features * width} values.", name);
        }
    }

    private static void ThrowIfWrongLength(int length, int expected, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"There are {length} values where {expected} are needed.", name);
        }
    }

    private static void ThrowIfOverlapping(ReadOnlySpan<float> source, Span<float> destination, string name)
    {
        if (source.Overlaps(destination))
        {
            throw new ArgumentException("The output block must not share memory with the input block.", name);
        }
    }

    private void ThrowIfNotBlocks(int inputLength, int gradientLength, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        long blocks = inputLength / ((long)InputSize * width);
        if (blocks < 1 || inputLength != blocks * InputSize * width || gradientLength != blocks * OutputSize * width)
        {
            throw new ArgumentException(
                $"Blocks of {inputLength} inputs and {gradientLength} output gradients are not [blocks, {InputSize}, {width}] and [blocks, {OutputSize}, {width}].",
                "outputGradient");
        }
    }
}
