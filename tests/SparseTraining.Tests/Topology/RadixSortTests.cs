using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Topology;

public class RadixSortTests
{
    [Fact]
    public void Numbers_of_every_width_and_count_are_sorted()
    {
        var random = new RandomGenerator(1);
        foreach (int bits in new[] { 0, 1, 10, 11, 12, 22, 23, 31, 32 })
        {
            foreach (int count in new[] { 0, 1, 255, 256, 257, 3000 })
            {
                uint[] values = [.. Enumerable.Range(0, count).Select(_ => (uint)random.NextUInt64(1UL << bits))];
                uint[] expected = [.. values.Order()];
                RadixSort.Run(values, new uint[count + 5], bits);
                Assert.Equal(expected, values);
            }
        }
    }
}
