using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Initialization;

/// <summary>
/// Draws the random topology that a sparse layer starts with (Erdős and Rényi 1959; for sparse layers Mocanu et al.
/// 2018, equation 1): a link exists with probability p = ε (inputs + outputs) / (inputs · outputs), or with a given
/// density. Takes O(links + outputs) time and memory.
/// </summary>
public sealed class ErdosRenyiInitializer
{
    private readonly DensityAllocation _allocation;
    private readonly ErdosRenyiSampling _sampling;

    private ErdosRenyiInitializer(DensityAllocation allocation, ErdosRenyiSampling sampling)
    {
        ThrowIfNotSampling(sampling);
        _allocation = allocation;
        _sampling = sampling;
    }

    /// <summary>
    /// Asks for ε (inputs + outputs) links per layer, rounded half away from zero, at most one per position.
    /// </summary>
    /// <param name="epsilon">Links per neuron, above 0 and finite; usually about 20.</param>
    /// <param name="sampling">How they are drawn.</param>
    /// <returns>The initializer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="epsilon"/> is not above 0 and finite, or there is no such way of sampling.
    /// </exception>
    public static ErdosRenyiInitializer FromEpsilon(
        double epsilon, ErdosRenyiSampling sampling = ErdosRenyiSampling.Exact) =>
        new(DensityAllocation.Epsilon(epsilon), sampling);

    /// <summary>Asks for a share of all positions, rounded half away from zero.</summary>
    /// <param name="density">The share, in (0, 1].</param>
    /// <param name="sampling">How the links are drawn.</param>
    /// <returns>The initializer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="density"/> is not in (0, 1], or there is no such way of sampling.
    /// </exception>
    public static ErdosRenyiInitializer FromDensity(
        double density, ErdosRenyiSampling sampling = ErdosRenyiSampling.Exact) =>
        new(DensityAllocation.Uniform(density), sampling);

    /// <summary>Draws the links of a layer whose link count is settled, every such set being equally likely.</summary>
    /// <param name="inputs">Input neurons, at least 1.</param>
    /// <param name="outputs">Output neurons, at least 1.</param>
    /// <param name="linkCount">The number of links, in [0, inputs · outputs].</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>A mask with a row per output and exactly that many links.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static WeightMask Create(int inputs, int outputs, int linkCount, RandomGenerator random)
    {
        ThrowIfNotShape(inputs, outputs);
        ArgumentNullException.ThrowIfNull(random);
        long positions = (long)inputs * outputs;
        if (linkCount < 0 || linkCount > positions)
        {
            throw new ArgumentOutOfRangeException(
                nameof(linkCount),
                linkCount,
                $"A layer of {inputs} inputs and {outputs} outputs has [0, {positions}] links.");
        }

        return PositionSampler.Sample(WeightMask.Empty(outputs, inputs), linkCount, random);
    }

    /// <summary>Draws the links of a layer as an allocation has settled them.</summary>
    /// <param name="inputs">Input neurons, at least 1.</param>
    /// <param name="outputs">Output neurons, at least 1.</param>
    /// <param name="density">What <see cref="DensityAllocation.Allocate"/> gave the layer.</param>
    /// <param name="sampling">How the links are drawn.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>A mask with a row per output.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="InvalidOperationException">More links or draws are asked for than a mask can hold.</exception>
    public static WeightMask Create(
        int inputs, int outputs, LayerDensity density, ErdosRenyiSampling sampling, RandomGenerator random)
    {
        ThrowIfNotShape(inputs, outputs);
        ThrowIfNotSampling(sampling);
        ArgumentNullException.ThrowIfNull(random);
        return sampling switch
        {
            ErdosRenyiSampling.Bernoulli =>
                Create(inputs, outputs, DrawLinkCount(inputs, outputs, density.Density, random), random),
            ErdosRenyiSampling.WithReplacement =>
                PositionSampler.SampleWithReplacement(outputs, inputs, ToCount(density.RequestedLinkCount), random),
            _ => Create(inputs, outputs, density.LinkCount, random),
        };
    }

    /// <summary>Draws the links of a layer.</summary>
    /// <param name="inputs">Input neurons, at least 1.</param>
    /// <param name="outputs">Output neurons, at least 1.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>A mask with a row per output.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="InvalidOperationException">More links or draws are asked for than a mask can hold.</exception>
    public WeightMask Create(int inputs, int outputs, RandomGenerator random) =>
        Create(inputs, outputs, Allocate(inputs, outputs), _sampling, random);

    /// <summary>The share of a layer's positions that is asked for.</summary>
    /// <param name="inputs">Input neurons, at least 1.</param>
    /// <param name="outputs">Output neurons, at least 1.</param>
    /// <returns>The density p, at most 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="InvalidOperationException">More links are asked for than a mask can hold.</exception>
    public double Density(int inputs, int outputs) => Allocate(inputs, outputs).Density;

    /// <summary>
    /// Tells whether ε asks for more links than a layer has positions, so that it becomes dense (with
    /// <see cref="ErdosRenyiSampling.WithReplacement"/>: nearly dense).
    /// </summary>
    /// <param name="inputs">Input neurons, at least 1.</param>
    /// <param name="outputs">Output neurons, at least 1.</param>
    /// <returns>Whether it does.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="InvalidOperationException">More links are asked for than a mask can hold.</exception>
    public bool IsClamped(int inputs, int outputs) => Allocate(inputs, outputs).IsClamped;

    /// <summary>Describes the initializer.</summary>
    /// <returns>Density and way of sampling.</returns>
    public override string ToString() => $"Erdős–Rényi, {_allocation}, {_sampling}";

    /// <summary>
    /// Draws how many links independent positions give. Given their number all sets of positions are equally likely, so
    /// that this number and an exact draw together are G(n, p).
    /// </summary>
    private static int DrawLinkCount(int inputs, int outputs, double density, RandomGenerator random)
    {
        if (!(density > 0 && density <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(density), density, "A density must be in (0, 1].");
        }

        return ToCount(BinomialDistribution.Draw((long)inputs * outputs, density, random));
    }

    private static int ToCount(long links) =>
        links <= Array.MaxLength
            ? (int)links
            : throw new InvalidOperationException(
                $"{links} links are asked for; a layer can hold at most {Array.MaxLength}.");

    private static void ThrowIfNotShape(int inputs, int outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
    }

    private static void ThrowIfNotSampling(ErdosRenyiSampling sampling)
    {
        if (!Enum.IsDefined(sampling))
        {
            throw new ArgumentOutOfRangeException(
                nameof(sampling), sampling, "The way of sampling must be Exact, Bernoulli or WithReplacement.");
        }
    }

    private LayerDensity Allocate(int inputs, int outputs)
    {
        ThrowIfNotShape(inputs, outputs);
        return _allocation.Allocate([new LayerShape(inputs, outputs)])[0];
    }
}
