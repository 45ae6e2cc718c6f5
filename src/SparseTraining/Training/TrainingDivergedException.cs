namespace SparseTraining.Training;

/// <summary>Training left the range of numbers: the loss or a trained parameter became NaN or infinite.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>Makes an exception without details.</summary>
    public TrainingDivergedException()
        : this("Training diverged.")
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What happened.</param>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    public TrainingDivergedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal TrainingDivergedException(string what, long step, int epoch, int layer)
        : this($"{what} at step {step} (epoch {epoch + 1}), first seen in layer {layer}. A smaller learning rate, gradient clipping or scaled features usually help.")
    {
        Step = step;
        Layer = layer;
    }

    /// <summary>The step at which it was noticed, from 1; 0 if unknown.</summary>
    public long Step { get; }

    /// <summary>The first layer, from 1, in which a value is not finite; 0 if unknown.</summary>
    public int Layer { get; }
}
