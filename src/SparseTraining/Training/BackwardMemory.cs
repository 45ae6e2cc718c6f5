using SparseTraining.Kernels;
using SparseTraining.Layers;

namespace SparseTraining.Training;

/// <summary>The sizes of <see cref="BackwardBuffers"/>, known before any of it is allocated.</summary>
internal sealed class BackwardMemory
{
    /// <summary>The most values that the gradients of all tiles may take; more would stay in no cache.</summary>
    private const long MostTileGradients = 1L << 24;

    private readonly int _workers;

    /// <summary>Plans for a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layout">The tiles of a full batch.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="limitsNorm">Whether all gradients must be there before the first update.</param>
    public BackwardMemory(Network network, TileLayout layout, int workers, bool limitsNorm)
    {
        int tiles = layout.Count;
        _workers = workers;
        NetworkLayer[] layers = network.Layers;
        int largest = layers.Max(layer => layer.ParameterLength);
        IsLarge = layers.Sum(layer => (long)layer.ParameterLength) * tiles > MostTileGradients;
        HasTileGradients = workers > 1 && tiles > 1 && !IsLarge;
        SharesGradients = !HasTileGradients && !limitsNorm;
        GradientLengths = SharesGradients ? [largest] : [.. layers.Select(layer => layer.ParameterLength * (HasTileGradients ? tiles : 1))];
        ScratchLength = Math.Max(ParameterPieces.Of(network).Max(piece => piece.Count), layers.Max(layer => layer.Linear.ScratchLength)) + (HasTileGradients ? largest : 0);
        InputGradientsBytes = AlignedBuffer.BytesOf(InputGradientsLength(network, layout));
        SquareCount = limitsNorm ? ParameterPieces.Of(network).Count() : 0;
    }

    /// <summary>Whether the gradients of each tile would take too much room; a step then takes so long that meetings of threads cost nothing.</summary>
    public bool IsLarge { get; }

    /// <summary>Whether there is room for the gradients of each tile.</summary>
    public bool HasTileGradients { get; }

    /// <summary>Whether the layers have one room for gradients in common: by rows a layer is updated before the next one's gradients come.</summary>
    public bool SharesGradients { get; }

    /// <summary>Values of the gradients of each layer, or of the room that all share.</summary>
    public IReadOnlyList<int> GradientLengths { get; }

    /// <summary>Values of all gradients.</summary>
    public long GradientLength => GradientLengths.Sum(length => (long)length);

    /// <summary>Values of each worker's scratch memory.</summary>
    public int ScratchLength { get; }

    /// <summary>Pieces of parameters whose squares are added up.</summary>
    public int SquareCount { get; }

    /// <summary>Bytes of the gradients that each worker has on their way through an activation.</summary>
    public long InputGradientsBytes { get; }

    /// <summary>Bytes of all.</summary>
    public long Bytes =>
        _workers * (sizeof(float) * (long)ScratchLength + InputGradientsBytes)
        + sizeof(float) * GradientLength + sizeof(double) * (long)SquareCount;

    /// <summary>Values of dA in the largest piece of any layer that has one below it.</summary>
    public static int InputGradientsLength(Network network, TileLayout layout) =>
        network.Layers.Skip(1).Select(layer => Math.Max(InputGradientsLength(layer.Linear, layout.Width), InputGradientsLength(layer.Linear, layout.LastWidth)))
            .DefaultIfEmpty().Max();

    private static int InputGradientsLength(LinearLayer linear, int width) =>
        width * (linear.TakesAllInputs(width) ? linear.InputSize : Math.Min(LinearLayer.PieceInputs, linear.InputSize));
}
