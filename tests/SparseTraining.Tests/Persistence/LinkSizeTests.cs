using SparseTraining.Initialization;
using SparseTraining.Persistence;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Persistence;

/// <summary>A link takes as many bytes of a file as docs/model-format.md states.</summary>
public class LinkSizeTests
{
    private const int LinksOfNeuron = 40;

    [Theory]
    [InlineData(1_000, 1.155)]
    [InlineData(10_000, 1.749)]
    [InlineData(31_500, 2.000)]
    [InlineData(65_536, 2.075)]
    [InlineData(100_000, 2.102)]
    public void Positions_and_biases_of_a_square_layer_take_the_stated_bytes_a_link(int neurons, double stated)
    {
        int links = LinksOfNeuron * neurons;
        WeightMask mask = ErdosRenyiInitializer.Create(neurons, neurons, links, new RandomGenerator(1));
        long bytes = MaskSections.Write(new SectionWriter(), mask).Sum(section => (long)section.Length) + (sizeof(float) * neurons);
        // Below the formula, for the gap behind the last link of a row is not written.
        Assert.InRange((double)bytes / links, stated - 0.01, stated + 0.002);

        double density = (double)LinksOfNeuron / neurons;
        double gap = 1 + Math.Pow(1 - density, 128) + Math.Pow(1 - density, 16_384);
        Assert.Equal(stated, gap + (6.0 / LinksOfNeuron), 0.001);
    }

    [Theory]
    [InlineData(WeightPrecision.Float32, 6)]
    [InlineData(WeightPrecision.Float16, 4)]
    [InlineData(WeightPrecision.BFloat16, 4)]
    public void A_link_takes_few_bytes(WeightPrecision precision, double most)
    {
        foreach (int width in new[] { 1000, 4000 })
        {
            var model = new SparseMlp(784, [width, width, width], 10);
            Assert.InRange((double)SmallModels.Bytes(model, new() { Precision = precision }).Length / model.LinkCount, 1, most);
        }
    }
}
