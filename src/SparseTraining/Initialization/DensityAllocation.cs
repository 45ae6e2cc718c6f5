namespace SparseTraining.Initialization;

/// <summary>Decides how many links each sparse layer of a network gets.</summary>
public abstract class DensityAllocation
{
    /// <summary>Made by the factory methods only.</summary>
    private protected DensityAllocation()
    {
    }

    /// <summary>
    /// ε (inputs + outputs) links per layer, the rule of SET (Mocanu et al. 2018, equation 1). A layer that has fewer
    /// positions becomes dense.
    /// </summary>
    /// <param name="epsilon">Links per neuron, above 0 and finite; usually about 20.</param>
    /// <returns>The allocation.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epsilon"/> is not above 0 and finite.</exception>
    public static DensityAllocation Epsilon(double epsilon)
    {
        if (!(epsilon > 0) || !double.IsFinite(epsilon))
        {
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Epsilon must be above 0 and finite.");
        }

        return new EpsilonAllocation(epsilon);
    }

    /// <summary>The same density for every layer.</summary>
    /// <param name="density">The share of positions that become links, in (0, 1].</param>
    /// <returns>The allocation.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="density"/> is not in (0, 1].</exception>
    public static DensityAllocation Uniform(double density)
    {
        ThrowIfNotDensity(density, nameof(density));
        return new UniformAllocation(density);
    }

    /// <summary>A density for each layer.</summary>
    /// <param name="densities">The share of positions that become links in each layer, in (0, 1].</param>
    /// <returns>The allocation; it fits networks with exactly that many sparse layers.</returns>
    /// <exception cref="ArgumentException">There are no densities.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A density is not in (0, 1].</exception>
    public static DensityAllocation PerLayer(params ReadOnlySpan<double> densities)
    {
        if (densities.IsEmpty)
        {
            throw new ArgumentException("There must be at least one density.", nameof(densities));
        }

        for (int i = 0; i < densities.Length; i++)
        {
            ThrowIfNotDensity(densities[i], $"densities[{i}]");
        }

        return new PerLayerAllocation(densities.ToArray());
    }

    /// <summary>
    /// A density for the whole network, shared out in proportion to (inputs + outputs) / (inputs · outputs): small
    /// layers stay denser than large ones (Evci et al., "Rigging the lottery", 2020; for linear layers ERK is ER).
    /// Layers that would pass 1 become dense and the rest is solved again.
    /// </summary>
    /// <param name="networkDensity">All links over all positions, in (0, 1].</param>
    /// <returns>The allocation; its link counts add up to round(density · positions) exactly.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="networkDensity"/> is not in (0, 1].</exception>
    public static DensityAllocation ErdosRenyiKernel(double networkDensity)
    {
        ThrowIfNotDensity(networkDensity, nameof(networkDensity));
        return new ErdosRenyiKernelAllocation(networkDensity);
    }

    /// <summary>Shares links out.</summary>
    /// <param name="layers">The sparse layers of the network, from its input to its output, at least one.</param>
    /// <returns>What each layer gets, in the same order.</returns>
    /// <exception cref="ArgumentException">
    /// There are no layers, a layer has no inputs or outputs, or their number is not that of the densities given.
    /// </exception>
    /// <exception cref="InvalidOperationException">A layer would get more links than a mask can hold.</exception>
    public IReadOnlyList<LayerDensity> Allocate(IReadOnlyList<LayerShape> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
        {
            throw new ArgumentException("There must be at least one layer.", nameof(layers));
        }

        for (int i = 0; i < layers.Count; i++)
        {
            if (layers[i].Inputs < 1 || layers[i].Outputs < 1)
            {
                throw new ArgumentException(
                    $"Layer {i} has {layers[i].Inputs} inputs and {layers[i].Outputs} outputs;"
                    + " both must be at least 1.",
                    nameof(layers));
            }
        }

        return AllocateChecked(layers);
    }

    /// <summary>Shares links out among layers that have been checked.</summary>
    private protected abstract LayerDensity[] AllocateChecked(IReadOnlyList<LayerShape> layers);

    private static void ThrowIfNotDensity(double value, string name)
    {
        if (!(value > 0 && value <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "A density must be in (0, 1].");
        }
    }
}
