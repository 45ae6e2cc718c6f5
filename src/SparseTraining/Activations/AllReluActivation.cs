using System.Globalization;
using SparseTraining.Kernels;

namespace SparseTraining.Activations;

/// <summary>
/// Alternated left ReLU (Curci, Mocanu and Pechenizkiy, "Truly Sparse Neural Networks at Scale", 2021):
/// f(z) = z for z &gt; 0; otherwise −α z in the 1st, 3rd, 5th … hidden layer and +α z in the 2nd, 4th …
/// </summary>
/// <remarks>
/// The hidden layer that reads the inputs is number 1, and so odd: slope −α. One object serves one layer.
/// </remarks>
internal sealed class AllReluActivation(double alpha, int hiddenLayer = 1)
    : ElementwiseActivation<LeakyReluActivation.Function>(
        string.Create(CultureInfo.InvariantCulture, $"AllRelu({alpha})"),
        new(ElementwiseScalar.NonNegative(alpha, nameof(alpha)) * (hiddenLayer % 2 == 1 ? -1 : 1)))
{
    public double Alpha { get; } = alpha;

    public int HiddenLayer { get; } = hiddenLayer;

    public override bool IsRectifier => true;

    public override bool PreservesSign => Alpha == 0 || HiddenLayer % 2 == 0;

    public override Activation ForLayer(int hiddenLayer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenLayer, 1);
        return hiddenLayer % 2 == HiddenLayer % 2 ? this : new AllReluActivation(Alpha, hiddenLayer);
    }
}
