namespace SparseTraining.Kernels;

/// <summary>
/// A group of floats that are computed together: one hardware vector, several of them (<see cref="Join{TFirst, TSecond}"/>),
/// or a single float. Kernels are written once against this interface and instantiated for the widths of the machine.
/// </summary>
/// <remarks>
/// Every operation is exactly rounded and works lane by lane, so that a kernel's result cannot depend on the width.
/// <see cref="MultiplyAdd(T, T, T)"/> rounds once on every machine, also where that has to be computed in software.
/// </remarks>
internal interface ILane<T>
    where T : struct, ILane<T>
{
    /// <summary>Floats in the group.</summary>
    static abstract int Count { get; }

    static abstract T Broadcast(float value);

    static abstract T Load(ref readonly float source);

    /// <summary>source[indices[0]], source[indices[1]] and so on: by single loads, which on Zen 5 take half as long as gather instructions.</summary>
    static abstract T Gather<TIndex>(ref readonly float source, ref readonly TIndex indices)
        where TIndex : unmanaged;

    static abstract T operator +(T left, T right);

    static abstract T operator -(T left, T right);

    static abstract T operator *(T left, T right);

    static abstract T operator /(T left, T right);

    /// <summary>left · right + addend, rounded once.</summary>
    static abstract T MultiplyAdd(T left, T right, T addend);

    /// <summary>left · right + addend with the right factor in memory: one vector at a time, so that a joined group needs no room for it.</summary>
    static abstract T MultiplyAdd(T left, ref readonly float right, T addend);

    static abstract T Sqrt(T value);

    static abstract T Abs(T value);

    /// <summary>Rounds to the nearest whole number, ties to even.</summary>
    static abstract T Round(T value);

    /// <summary>2 to the power of whole numbers in [−126, 127].</summary>
    static abstract T PowerOfTwo(T exponent);

    /// <summary>Chooses lane by lane: left &gt; right ? yes : no (NaN chooses no).</summary>
    static abstract T SelectGreater(T left, T right, T yes, T no);

    void Store(ref float destination);
}
