namespace SparseTraining.Losses;

/// <summary>The losses that the library has.</summary>
public static class Losses
{
    /// <summary>
    /// Cross-entropy between target and softmax probabilities: L = −Σ_k t′_k ln p_k, t′_k = (1 − s) t_k + s/K. The
    /// gradient is with respect to the logits.
    /// </summary>
    /// <param name="labelSmoothing">The share s that is spread evenly over the K classes, in [0, 1).</param>
    /// <returns>The loss; it needs <see cref="Activations.Activations.Softmax"/> at the output.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="labelSmoothing"/> is out of range.</exception>
    public static Loss CategoricalCrossEntropy(double labelSmoothing = 0) =>
        new CategoricalCrossEntropyLoss(labelSmoothing);

    /// <summary>
    /// Cross-entropy of independent yes/no outputs (multi-label): the mean over the outputs of
    /// −t ln p − (1 − t) ln(1 − p). The gradient is with respect to the logits.
    /// </summary>
    /// <returns>The loss; it needs <see cref="Activations.Activations.Sigmoid"/> with slope 1 at the output.</returns>
    public static Loss BinaryCrossEntropy() => new BinaryCrossEntropyLoss();

    /// <summary>
    /// The mean over the outputs of (y − t)². The gradient, 2/K (y − t), is with respect to the outputs.
    /// </summary>
    /// <returns>The loss.</returns>
    public static Loss MeanSquaredError() => new MeanSquaredErrorLoss();

    /// <summary>
    /// The mean over the outputs of e²/2 where |e| ≤ δ and δ (|e| − δ/2) beyond, e = y − t (Huber, 1964). The
    /// gradient is with respect to the outputs.
    /// </summary>
    /// <param name="delta">
    /// Where squared turns into absolute error, in units of the targets; finite and above 0.
    /// </param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is out of range.</exception>
    public static Loss Huber(double delta = 1) => new HuberLoss(delta);
}
