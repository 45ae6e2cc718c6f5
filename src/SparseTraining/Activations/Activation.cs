using SparseTraining.Kernels;

namespace SparseTraining.Activations;

/// <summary>
/// A function f that a layer applies to its weighted sums z, and its derivative. Instances hold no state besides their
/// constants, so that one may serve many layers and threads.
/// </summary>
/// <remarks>
/// <para>Blocks are feature-major: [rows × width], one row a neuron, <c>width</c> samples side by side in it.</para>
/// <para>
/// To add an activation, derive from this class. f and f′ must be finite at every finite z: blocks have columns without a sample,
/// whose gradient is f′ times 0. Keep to + − × ÷ √ and fused multiply-add in a fixed order if trained
/// weights are to be the same bits on every machine, and let NaN through: training recognises divergence by it.
/// </para>
/// </remarks>
public abstract class Activation
{
    /// <summary>Names the activation.</summary>
    /// <param name="name">A name for summaries and messages.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    protected Activation(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>The name, with the constants that were chosen: <c>LeakyRelu(0.01)</c>.</summary>
    public string Name { get; }

    /// <summary>Trained parameters of each neuron, held outside; 0 for most.</summary>
    public virtual int ParametersPerNeuron => 0;

    /// <summary>
    /// Whether f belongs to the ReLU family, whose layers start from He's variance instead of Glorot's.
    /// </summary>
    public virtual bool IsRectifier => false;

    /// <summary>
    /// Whether each value depends on its own z only; false if f needs all rows of a layer at once (softmax).
    /// </summary>
    public virtual bool IsElementwise => true;

    /// <summary>
    /// Whether f(z) &gt; 0 exactly where z &gt; 0 and f′ depends on nothing else. Then <see cref="Backward"/> may be
    /// given f(z), also times a positive factor, in place of z.
    /// </summary>
    public virtual bool PreservesSign => false;

    /// <summary>
    /// Whether f′(z) = 0 wherever f(z) = 0, for an activation that <see cref="PreservesSign"/>: then what dropout zeroed needs no
    /// mask in the backward pass.
    /// </summary>
    internal virtual bool SlopeVanishesAtZero => false;

    /// <summary>
    /// The activation to use in a certain hidden layer; itself unless it differs between layers (All-ReLU).
    /// </summary>
    /// <param name="hiddenLayer">The layer's number: 1 is the hidden layer that reads the inputs.</param>
    /// <returns>The activation of that layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hiddenLayer"/> is below 1.</exception>
    public virtual Activation ForLayer(int hiddenLayer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenLayer, 1);
        return this;
    }

    /// <summary>Writes the first values of trained parameters.</summary>
    /// <param name="parameters">[neurons × <see cref="ParametersPerNeuron"/>], row-major.</param>
    /// <exception cref="ArgumentException">The length is not a whole number of neurons.</exception>
    public virtual void InitializeParameters(Span<float> parameters)
    {
        int count = ParametersPerNeuron;
        if (count == 0 ? parameters.Length > 0 : parameters.Length % count != 0)
        {
            throw new ArgumentException(
                $"parameters has {parameters.Length} values; {Name} needs {ParametersPerNeuron} for each neuron.",
                nameof(parameters));
        }
    }

    /// <summary>a = f(z).</summary>
    /// <param name="z">Weighted sums, [rows × width].</param>
    /// <param name="a">Receives the activations, [rows × width]; may be <paramref name="z"/>.</param>
    /// <param name="width">Samples in a row, at least 1.</param>
    /// <param name="parameters">[rows × <see cref="ParametersPerNeuron"/>].</param>
    /// <exception cref="ArgumentException">
    /// A block does not have the others' shape, or overlaps with a shift.
    /// </exception>
    public abstract void Forward(ReadOnlySpan<float> z, Span<float> a, int width, ReadOnlySpan<float> parameters);

    /// <summary>dz = f′(z) ⊙ da, or the transposed Jacobian times da where rows depend on each other.</summary>
    /// <param name="z">Weighted sums, [rows × width].</param>
    /// <param name="a">f(z); read only where <see cref="IsElementwise"/> is false, and may be empty elsewhere.</param>
    /// <param name="da">Loss gradient with respect to the activations, [rows × width].</param>
    /// <param name="dz">Receives the gradient with respect to z, [rows × width]; may be <paramref name="da"/>.</param>
    /// <param name="width">Samples in a row, at least 1.</param>
    /// <param name="parameters">[rows × <see cref="ParametersPerNeuron"/>].</param>
    /// <exception cref="ArgumentException">
    /// A block does not have the others' shape, or overlaps with a shift.
    /// </exception>
    public abstract void Backward(
        ReadOnlySpan<float> z,
        ReadOnlySpan<float> a,
        ReadOnlySpan<float> da,
        Span<float> dz,
        int width,
        ReadOnlySpan<float> parameters);

    /// <summary>
    /// dz = f′(z) ⊙ (factor · da): <see cref="Backward"/> after dropout that needs no mask. Here <paramref name="dz"/> may be any of the others,
    /// and <paramref name="da"/> is overwritten.
    /// </summary>
    internal virtual void BackwardScaled(
        ReadOnlySpan<float> z, ReadOnlySpan<float> a, Span<float> da, Span<float> dz, float factor, int width, ReadOnlySpan<float> parameters)
    {
        if (factor != 1f)
        {
            Arithmetic.Scale(da, factor);
        }

        Backward(z, a, da, da, width, parameters);
        da.CopyTo(dz);
    }

    /// <summary>Adds the parameters' gradient, summed over the samples in a fixed order, to what is there.</summary>
    /// <remarks>Where <see cref="IsElementwise"/> is false, the rows are all of the layer.</remarks>
    /// <param name="z">Weighted sums, [rows × width].</param>
    /// <param name="da">Loss gradient with respect to the activations, [rows × width].</param>
    /// <param name="width">Samples in a row, at least 1.</param>
    /// <param name="parameters">[rows × <see cref="ParametersPerNeuron"/>].</param>
    /// <param name="gradient">[rows × <see cref="ParametersPerNeuron"/>], added to.</param>
    /// <exception cref="ArgumentException">A block does not have the others' shape.</exception>
    /// <exception cref="NotSupportedException">
    /// There are trained parameters, but no override of this method.
    /// </exception>
    public virtual void ParameterGradient(
        ReadOnlySpan<float> z,
        ReadOnlySpan<float> da,
        int width,
        ReadOnlySpan<float> parameters,
        Span<float> gradient)
    {
        if (ParametersPerNeuron > 0)
        {
            throw new NotSupportedException(
                $"{Name} has {ParametersPerNeuron} trained parameters a neuron, "
                + $"but does not override {nameof(ParameterGradient)}.");
        }
    }

    /// <summary>Returns <see cref="Name"/>.</summary>
    /// <returns>The name.</returns>
    public sealed override string ToString() => Name;

    /// <summary>The checks that every activation of this library makes on its parameters.</summary>
    internal void ThrowIfParametersDiffer(int length, int rows, string name)
    {
        if (length != rows * ParametersPerNeuron)
        {
            throw new ArgumentException(
                $"{name} has {length} values; {Name} needs {ParametersPerNeuron} for each of {rows} rows.", name);
        }
    }
}
