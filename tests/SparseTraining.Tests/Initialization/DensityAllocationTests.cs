using CsCheck;
using SparseTraining.Initialization;

namespace SparseTraining.Tests.Initialization;

public class DensityAllocationTests
{
    private static readonly Gen<LayerShape[]> Networks =
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 300], (inputs, outputs) => new LayerShape(inputs, outputs)).Array[1, 6];

    [Fact]
    public void Epsilon_gives_links_per_neuron_and_clamps_small_layers()
    {
        IReadOnlyList<LayerDensity> layers =
            DensityAllocation.Epsilon(20).Allocate([new(784, 1000), new(1000, 1000), new(1000, 10)]);
        Assert.Equal([35_680, 40_000, 10_000], layers.Select(layer => layer.LinkCount));
        Assert.Equal([35_680, 40_000, 20_200], layers.Select(layer => layer.RequestedLinkCount));
        Assert.Equal([35_680 / 784_000.0, 0.04, 1], layers.Select(layer => layer.Density));
        Assert.Equal([false, false, true], layers.Select(layer => layer.IsClamped));
    }

    [Theory]
    [InlineData(0.5, 3, 2, 3)] // 2.5 links: half away from zero
    [InlineData(0.1, 3, 2, 1)]
    [InlineData(0.09, 3, 2, 0)]
    [InlineData(1.2, 3, 2, 6)] // exactly all positions is not clamped
    public void Links_are_rounded_half_away_from_zero(double epsilon, int inputs, int outputs, int expected)
    {
        LayerDensity layer = DensityAllocation.Epsilon(epsilon).Allocate([new(inputs, outputs)])[0];
        Assert.Equal((expected, false), (layer.LinkCount, layer.IsClamped));
    }

    [Fact]
    public void Four_layers_of_4000_ask_for_the_links_that_the_thesis_names() =>
        Assert.Equal(
            655_880,
            DensityAllocation.Epsilon(20)
                .Allocate([new(784, 4000), new(4000, 4000), new(4000, 4000), new(4000, 4000), new(4000, 10)])
                .Sum(layer => layer.RequestedLinkCount));

    [Fact]
    public void Uniform_density_is_the_same_everywhere()
    {
        IReadOnlyList<LayerDensity> layers = DensityAllocation.Uniform(0.05).Allocate([new(10, 13), new(100, 200)]);
        Assert.Equal([new(0.05, 7, false), new(0.05, 1000, false)], layers);
    }

    [Fact]
    public void Densities_per_layer_are_used_in_order()
    {
        IReadOnlyList<LayerDensity> layers = DensityAllocation.PerLayer(0.5, 1).Allocate([new(10, 10), new(3, 4)]);
        Assert.Equal([new(0.5, 50, false), new(1, 12, false)], layers);
    }

    [Fact]
    public void Kernel_scaling_spends_exactly_the_network_density() =>
        Gen.Select(Networks, Gen.Double[0.001, 1]).Sample((layers, density) =>
        {
            IReadOnlyList<LayerDensity> result = DensityAllocation.ErdosRenyiKernel(density).Allocate(layers);
            double positions = layers.Sum(layer => layer.PositionCount);
            Assert.InRange(result.Sum(layer => (long)layer.LinkCount) - (density * positions), -0.500001, 0.500001);
            Assert.All(result.Zip(layers), pair =>
            {
                Assert.InRange(pair.First.Density, double.Epsilon, 1);
                Assert.InRange(pair.First.LinkCount - (pair.First.Density * pair.Second.PositionCount), -1, 1);
                Assert.True(!pair.First.IsClamped || pair.First.LinkCount == pair.Second.PositionCount);
            });
        });

    [Fact]
    public void Kernel_scaling_is_proportional_except_for_dense_layers() =>
        Gen.Select(Networks, Gen.Double[0.001, 0.9]).Sample((layers, density) =>
        {
            IReadOnlyList<LayerDensity> result = DensityAllocation.ErdosRenyiKernel(density).Allocate(layers);
            double[] perNeuron =
            [
                .. result.Zip(layers)
                    .Where(pair => !pair.First.IsClamped)
                    .Select(pair => pair.First.Density * pair.Second.PositionCount / pair.Second.NeuronCount),
            ];
            Assert.All(perNeuron, links => Assert.Equal(perNeuron[0], links, 1e-9 * links));

            // A layer is dense only where its share would be more than all of it.
            Assert.All(result.Zip(layers).Where(pair => pair.First.IsClamped), pair =>
                Assert.True(
                    perNeuron.Length == 0
                    || perNeuron[0] * pair.Second.NeuronCount >= pair.Second.PositionCount * 0.999999));
        });

    [Fact]
    public void Kernel_scaling_fills_a_small_output_layer()
    {
        IReadOnlyList<LayerDensity> layers =
            DensityAllocation.ErdosRenyiKernel(0.1).Allocate([new(784, 1000), new(1000, 1000), new(1000, 10)]);
        Assert.Equal([false, false, true], layers.Select(layer => layer.IsClamped));
        Assert.Equal(179_400, layers.Sum(layer => layer.LinkCount));
        Assert.Equal(169_400 * 1784 / 3784.0, layers[0].LinkCount, 1.0);
    }

    public static TheoryData<string, Action, string> BadInput => new()
    {
        { "epsilon 0", () => DensityAllocation.Epsilon(0), "above 0 and finite" },
        { "epsilon NaN", () => DensityAllocation.Epsilon(double.NaN), "above 0 and finite" },
        { "epsilon infinite", () => DensityAllocation.Epsilon(double.PositiveInfinity), "above 0 and finite" },
        { "density 0", () => DensityAllocation.Uniform(0), "(0, 1]" },
        { "density above 1", () => DensityAllocation.Uniform(1.01), "(0, 1]" },
        { "density NaN", () => DensityAllocation.ErdosRenyiKernel(double.NaN), "(0, 1]" },
        { "network density", () => DensityAllocation.ErdosRenyiKernel(-0.1), "(0, 1]" },
        { "one of several", () => DensityAllocation.PerLayer(0.5, 2), "densities[1]" },
        { "no densities", () => DensityAllocation.PerLayer(), "at least one density" },
        {
            "other count",
            () => DensityAllocation.PerLayer(0.5).Allocate([new(1, 1), new(1, 1)]),
            "1 densities for 2 sparse layers"
        },
        { "no layers", () => DensityAllocation.Epsilon(1).Allocate([]), "at least one layer" },
        {
            "layer without inputs",
            () => DensityAllocation.Epsilon(1).Allocate([new(1, 1), new(0, 5)]),
            "Layer 1 has 0 inputs"
        },
        { "layer without outputs", () => DensityAllocation.Epsilon(1).Allocate([new(1, -1)]), "-1 outputs" },
    };

    [Theory]
    [MemberData(nameof(BadInput), DisableDiscoveryEnumeration = true)]
    public void Bad_input_is_explained(string what, Action act, string message)
    {
        Exception error = Assert.ThrowsAny<ArgumentException>(act);
        Assert.True(error.Message.Contains(message, StringComparison.Ordinal), $"{what}: {error.Message}");
    }

    [Fact]
    public void Layer_with_more_links_than_fit_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => DensityAllocation.Uniform(0.5).Allocate([new(1_000_000, 1_000_000)]));
        Assert.Contains("500000000000 links", error.Message, StringComparison.Ordinal);
        Assert.Contains("2147483591", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_names_the_rule()
    {
        Assert.Equal("epsilon 20", DensityAllocation.Epsilon(20).ToString());
        Assert.Equal("density 0.5", DensityAllocation.Uniform(0.5).ToString());
        Assert.Equal("densities 0.5, 1", DensityAllocation.PerLayer(0.5, 1).ToString());
        Assert.Equal("network density 0.1 (ERK)", DensityAllocation.ErdosRenyiKernel(0.1).ToString());
    }
}
