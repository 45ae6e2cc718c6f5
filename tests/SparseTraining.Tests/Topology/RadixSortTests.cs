using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Topology;

public sealed class RadixSortTests
{
    [Fact]
    public void It_sorts_numbers_of_any_bits_and_lengths()
    {
        var random = new RandomGenerator(1);
        foreach (int length in new[] { 0, 1, 2, 255, 256, 257, 5000 })
        {
            for (int bits = 0; bits <= 32; bits++)
            {
                uint[] values = [.. Enumerable.Range(0, length).Select(_ => (uint)(random.NextUInt64() >> 32 >> (32 - bits)))];
                uint[] expected = [.. values.Order()];
                RadixSort.Run(values, new uint[length], bits);
                Assert.Equal(expected, values);
            }
        }
    }
}
