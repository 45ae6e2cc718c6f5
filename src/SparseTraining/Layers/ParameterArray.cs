using System.Runtime.CompilerServices;
using SparseTraining.Optimizers;
using SparseTraining.Topology;

namespace SparseTraining.Layers;

/// <summary>Trained values, and for each of them what the optimizer remembers.</summary>
internal sealed class ParameterArray(int length)
{
    /// <summary>Takes over values, and state of the same length or empty.</summary>
    public ParameterArray(float[] values, float[] firstState, float[] secondState)
        : this(0) => (Values, FirstState, SecondState) = (values, firstState, secondState);

    /// <summary>The values.</summary>
    public float[] Values { get; private set; } = new float[length];

    /// <summary>The first state array (velocity, first moment), or empty.</summary>
    public float[] FirstState { get; private set; } = [];

    /// <summary>The second state array (second moment), or empty.</summary>
    public float[] SecondState { get; private set; } = [];

    /// <summary>Bytes of values and state.</summary>
    public long Bytes => sizeof(float) * ((long)Values.Length + FirstState.Length + SecondState.Length);

    /// <summary>Bytes of values and of the state that an optimizer keeps, whether there is room for it yet or not.</summary>
    public long BytesWith(Optimizer optimizer) => sizeof(float) * (1L + optimizer.StateCount) * Values.Length;

    /// <summary>Makes room, filled with zeros, for what an optimizer remembers; keeps what is there if the room fits.</summary>
    public void EnsureState(Optimizer optimizer)
    {
        FirstState = Sized(FirstState, optimizer.StateCount > 0);
        SecondState = Sized(SecondState, optimizer.StateCount > 1);
    }

    /// <summary>Forgets what the optimizer remembered.</summary>
    public void ClearState()
    {
        Array.Clear(FirstState);
        Array.Clear(SecondState);
    }

    /// <summary>
    /// Moves values and state to where a rewire put their links: new entry i comes from old entry sources[i], or is a
    /// grown link (−1) that takes the next of <paramref name="grownValues"/> and starts without state.
    /// </summary>
    public void Remap(ReadOnlySpan<int> sources, ReadOnlySpan<float> grownValues)
    {
        Values = Moved(Values, sources, grownValues);
        FirstState = FirstState.Length == 0 ? FirstState : Moved(FirstState, sources, default);
        SecondState = SecondState.Length == 0 ? SecondState : Moved(SecondState, sources, default);
    }

    /// <summary>Trains values [first, first + gradient.Length) on their gradient, which is overwritten.</summary>
    /// <param name="first">The first value.</param>
    /// <param name="gradient">Its gradient and the following ones'.</param>
    /// <param name="rule">What to do.</param>
    /// <param name="kind">What the values are.</param>
    /// <param name="isScaled">Whether the gradient went through <see cref="UpdateRule.Scale"/> and clipping before.</param>
    public void Update(int first, Span<float> gradient, in UpdateRule rule, ParameterKind kind, bool isScaled = false) =>
        rule.Apply(Part(Values, first, gradient), gradient, Part(FirstState, first, gradient), Part(SecondState, first, gradient), kind, isScaled);

    /// <summary>A copy, with or without state.</summary>
    public ParameterArray Clone(bool withState) =>
        new((float[])Values.Clone(), withState ? (float[])FirstState.Clone() : [], withState ? (float[])SecondState.Clone() : []);

    /// <summary>Copies values and state of another array of whatever length.</summary>
    public void CopyFrom(ParameterArray other)
    {
        Values = (float[])other.Values.Clone();
        FirstState = (float[])other.FirstState.Clone();
        SecondState = (float[])other.SecondState.Clone();
    }

    private static Span<float> Part(float[] array, int first, ReadOnlySpan<float> like) =>
        array.Length == 0 ? [] : array.AsSpan(first, like.Length);

    private float[] Sized(float[] state, bool needed) =>
        !needed ? [] : state.Length == Values.Length ? state : new float[Values.Length];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float[] Moved(float[] old, ReadOnlySpan<int> sources, ReadOnlySpan<float> grownValues)
    {
        // Into the old array where it fits: memory that is new to the process costs more than a copy.
        bool isInPlace = sources.Length == old.Length && sources.Length <= LinkScratch.LargestPooled;
        float[] storage = isInPlace ? LinkScratch.Rent<float>(sources.Length) : new float[sources.Length];
        Span<float> moved = storage.AsSpan(0, sources.Length);
        int grown = 0;
        for (int i = 0; i < moved.Length; i++)
        {
            int source = sources[i];
            moved[i] = source >= 0 ? old[source] : grownValues.IsEmpty ? 0f : grownValues[grown++];
        }

        if (!isInPlace)
        {
            return storage;
        }

        moved.CopyTo(old);
        LinkScratch.Return(storage);
        return old;
    }
}
