namespace SparseTraining.Activations;

/// <summary>The activations that the library has.</summary>
public static class Activations
{
    /// <summary>f(z) = max(z, 0).</summary>
    public static Activation Relu { get; } = new ReluActivation();

    /// <summary>f(z) = z Φ(z), exact form (Hendrycks and Gimpel, 2016).</summary>
    public static Activation Gelu { get; } = new GeluActivation();

    /// <summary>f(z) = tanh z.</summary>
    public static Activation Tanh { get; } = new TanhActivation();

    /// <summary>f(z) = z.</summary>
    public static Activation Identity { get; } = new IdentityActivation();

    /// <summary>Positive values that sum to 1 for each sample, for the output of a classifier.</summary>
    public static Activation Softmax { get; } = new SoftmaxActivation();

    /// <summary>f(z) = z for z &gt; 0, slope · z otherwise (Maas, Hannun and Ng, 2013).</summary>
    /// <param name="slope">Slope for negative z; finite and at least 0.</param>
    /// <returns>The activation.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="slope"/> is out of range.</exception>
    public static Activation LeakyRelu(double slope = 0.01) => new LeakyReluActivation(slope);

    /// <summary>
    /// Alternated left ReLU (Curci, Mocanu and Pechenizkiy, 2021): z for z &gt; 0; otherwise −α z in odd and +α z in
    /// even hidden layers, where the hidden layer that reads the inputs is number 1.
    /// </summary>
    /// <param name="alpha">Size of the slope for negative z; finite and at least 0.</param>
    /// <returns>The activation of layer 1; <see cref="Activation.ForLayer"/> gives that of another layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is out of range.</exception>
    public static Activation AllRelu(double alpha = 0.6) => new AllReluActivation(alpha);

    /// <summary>
    /// S-shaped ReLU (Jin et al., 2016) with trained t_l, a_l, t_r, a_r for each neuron: t_r + a_r (z − t_r) above t_r,
    /// t_l + a_l (z − t_l) below t_l, z between. The arguments are the parameters' first values; with the defaults it
    /// starts as a leaky ReLU.
    /// </summary>
    /// <param name="leftThreshold">First t_l; finite.</param>
    /// <param name="leftSlope">First a_l; finite.</param>
    /// <param name="rightThreshold">First t_r; finite and at least <paramref name="leftThreshold"/>.</param>
    /// <param name="rightSlope">First a_r; finite.</param>
    /// <returns>The activation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Activation SRelu(
        double leftThreshold = 0, double leftSlope = 0.2, double rightThreshold = 1, double rightSlope = 1) =>
        new SReluActivation(leftThreshold, leftSlope, rightThreshold, rightSlope);

    /// <summary>f(z) = z for z &gt; 0, α (e^z − 1) otherwise (Clevert, Unterthiner and Hochreiter, 2016).</summary>
    /// <param name="alpha">Where f levels off on the left is −α; finite and above 0.</param>
    /// <returns>The activation.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is out of range.</exception>
    public static Activation Elu(double alpha = 1) => new EluActivation(alpha);

    /// <summary>f(z) = z σ(βz) (Ramachandran, Zoph and Le, 2017); SiLU for β = 1.</summary>
    /// <param name="beta">Steepness of the gate; finite and above 0.</param>
    /// <returns>The activation.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="beta"/> is out of range.</exception>
    public static Activation Swish(double beta = 1) => new SwishActivation(beta);

    /// <summary>f(z) = 1 / (1 + e^(−slope · z)).</summary>
    /// <param name="slope">Steepness; finite and above 0.</param>
    /// <returns>The activation.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="slope"/> is out of range.</exception>
    public static Activation Sigmoid(double slope = 1) => new SigmoidActivation(slope);
}
