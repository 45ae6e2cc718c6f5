using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SparseTraining.Kernels;

/// <summary>The step of an optimizer for one group of parameters, with the step's constants as fields.</summary>
internal interface IUpdateOperation
{
    /// <summary>State values a parameter, 0 to 2; what is not used is neither read nor written.</summary>
    static abstract int StateCount { get; }

    void Invoke<T>(ref T parameter, T gradient, ref T firstState, ref T secondState)
        where T : struct, ILane<T>;
}

/// <summary>Runs an optimizer's step over arrays: parameters and state are read and written in place.</summary>
internal static class ElementwiseUpdate
{
    /// <summary>
    /// State below this size becomes 0. Without it the velocity of a link that no longer gets a gradient would decay
    /// into subnormal numbers and, by rounding, stay there for good, where arithmetic is many times slower.
    /// </summary>
    public const float SmallestState = 7.52316385e-37f; // 2^−120

    public static void Run<TOperation>(
        TOperation operation,
        Span<float> parameters,
        ReadOnlySpan<float> gradient,
        Span<float> firstState,
        Span<float> secondState)
        where TOperation : struct, IUpdateOperation
    {
        ElementwiseChecks.ThrowIfNotAligned(gradient, parameters, nameof(gradient), nameof(parameters));
        if (TOperation.StateCount > 0)
        {
            ElementwiseChecks.ThrowIfLengthDiffers(
                parameters.Length, firstState.Length, nameof(parameters), nameof(firstState));
            ElementwiseChecks.ThrowIfOverlapping(parameters, firstState, nameof(parameters), nameof(firstState));
            ElementwiseChecks.ThrowIfOverlapping(gradient, firstState, nameof(gradient), nameof(firstState));
        }

        if (TOperation.StateCount > 1)
        {
            ElementwiseChecks.ThrowIfLengthDiffers(
                parameters.Length, secondState.Length, nameof(parameters), nameof(secondState));
            ElementwiseChecks.ThrowIfOverlapping(parameters, secondState, nameof(parameters), nameof(secondState));
            ElementwiseChecks.ThrowIfOverlapping(gradient, secondState, nameof(gradient), nameof(secondState));
            ElementwiseChecks.ThrowIfOverlapping(firstState, secondState, nameof(firstState), nameof(secondState));
        }

        Elementwise.Run(
            new Kernel<TOperation>(operation, parameters, gradient, firstState, secondState), parameters.Length);
    }

    /// <summary>Sets what is smaller than <see cref="SmallestState"/> to 0; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Flush<T>(T state)
        where T : struct, ILane<T> =>
        Arithmetic.Flush(state, SmallestState);

    internal readonly ref struct Kernel<TOperation> : ILaneKernel
        where TOperation : struct, IUpdateOperation
    {
        private readonly TOperation _operation;
        private readonly ref float _parameters;
        private readonly ref float _gradient;
        private readonly ref float _firstState;
        private readonly ref float _secondState;

        public Kernel(
            TOperation operation,
            Span<float> parameters,
            ReadOnlySpan<float> gradient,
            Span<float> firstState,
            Span<float> secondState)
        {
            _operation = operation;
            _parameters = ref MemoryMarshal.GetReference(parameters);
            _gradient = ref MemoryMarshal.GetReference(gradient);
            _firstState = ref MemoryMarshal.GetReference(firstState);
            _secondState = ref MemoryMarshal.GetReference(secondState);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<T>(int offset)
            where T : struct, ILane<T>
        {
            T parameter = T.Load(in Unsafe.Add(ref _parameters, offset));
            T gradient = T.Load(in Unsafe.Add(ref _gradient, offset));
            T first = TOperation.StateCount > 0 ? T.Load(in Unsafe.Add(ref _firstState, offset)) : default;
            T second = TOperation.StateCount > 1 ? T.Load(in Unsafe.Add(ref _secondState, offset)) : default;
            _operation.Invoke(ref parameter, gradient, ref first, ref second);
            parameter.Store(ref Unsafe.Add(ref _parameters, offset));
            if (TOperation.StateCount > 0)
            {
                first.Store(ref Unsafe.Add(ref _firstState, offset));
            }

            if (TOperation.StateCount > 1)
            {
                second.Store(ref Unsafe.Add(ref _secondState, offset));
            }
        }
    }
}
