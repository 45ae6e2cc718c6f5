namespace SparseTraining.Optimizers;

/// <summary>The optimizers that the library has.</summary>
public static class Optimizers
{
    /// <summary>Gradient descent: w ← w − η g.</summary>
    /// <param name="learningRate">η; finite and above 0.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Optimizer Sgd(double learningRate = 0.01) => new SgdOptimizer(learningRate);

    /// <summary>Gradient descent with momentum: v ← μ v − η g; w ← w + v (Polyak, 1964).</summary>
    /// <param name="learningRate">η; finite and above 0.</param>
    /// <param name="momentum">μ, in [0, 1).</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Optimizer Momentum(double learningRate = 0.01, double momentum = 0.9) =>
        new MomentumOptimizer(learningRate, momentum);

    /// <summary>Nesterov's accelerated gradient (1983): v ← μ v − η g; w ← w + μ v − η g.</summary>
    /// <param name="learningRate">η; finite and above 0.</param>
    /// <param name="momentum">μ, in [0, 1).</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Optimizer Nesterov(double learningRate = 0.01, double momentum = 0.9) =>
        new NesterovOptimizer(learningRate, momentum);

    /// <summary>RMSProp (Tieleman and Hinton, 2012): s ← ρ s + (1 − ρ) g²; w ← w − η g / (√s + ε).</summary>
    /// <param name="learningRate">η; finite and above 0.</param>
    /// <param name="rho">ρ, in [0, 1).</param>
    /// <param name="epsilon">ε, added to the root; finite and above 0.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Optimizer RmsProp(double learningRate = 0.001, double rho = 0.9, double epsilon = 1e-7) =>
        new RmsPropOptimizer(learningRate, rho, epsilon);

    /// <summary>
    /// Adam (Kingma and Ba, 2015): m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; w ← w − η m̂ / (√v̂ + ε) with
    /// m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).
    /// </summary>
    /// <param name="learningRate">η; finite and above 0.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="epsilon">ε, added to the root; finite and above 0.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Optimizer Adam(
        double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
        AdamOptimizer.Adam(learningRate, beta1, beta2, epsilon);

    /// <summary>AdamW (Loshchilov and Hutter, 2019): Adam, and w ← w − η λ w beside it.</summary>
    /// <param name="learningRate">η; finite and above 0.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="epsilon">ε, added to the root; finite and above 0.</param>
    /// <param name="weightDecay">λ, multiplied by the learning rate; finite and at least 0.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Optimizer AdamW(
        double learningRate = 0.001,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 0.01) =>
        AdamOptimizer.AdamW(learningRate, beta1, beta2, epsilon, weightDecay);
}
