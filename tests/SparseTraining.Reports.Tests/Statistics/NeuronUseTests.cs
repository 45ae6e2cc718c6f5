using SparseTraining.Reports.Statistics;
using SparseTraining.Topology;

namespace SparseTraining.Reports.Tests.Statistics;

public sealed class NeuronUseTests
{
    [Fact]
    public void Neurons_on_no_path_are_counted()
    {
        // Inputs 0, 1, 2 → hidden 0, 1, 2 → hidden 0, 1 → full output. Input 2 has no link; hidden 1 leads nowhere, so
        // input 1, whose only link it is, is cut off too; hidden 2 has no link in.
        WeightMask first = WeightMask.FromLinks(3, 3, [new Link(0, 0), new Link(1, 1)]);
        WeightMask second = WeightMask.FromLinks(2, 3, [new Link(0, 0), new Link(1, 2)]);
        NeuronUse[] uses = NeuronUse.Of([first, second, null], [3, 3, 2, 4]);
        Assert.Equal(new NeuronUse(3, 0, 1, 2), uses[0]);
        Assert.Equal(new NeuronUse(3, 1, 1, 2), uses[1]);
        Assert.Equal(new NeuronUse(2, 0, 0, 1), uses[2]);
        Assert.Equal(new NeuronUse(4, 0, 0, 0), uses[3]);
    }
}
