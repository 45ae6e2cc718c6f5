using SparseTraining.Layers;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Layers;

public class ParameterArrayTests
{
    [Theory]
    [InlineData(10, 10)]
    [InlineData(10, 7)]
    [InlineData(LinkScratch.LargestPooled + 3, LinkScratch.LargestPooled + 3)]
    public void Remapping_moves_values_and_state_and_puts_grown_values_where_there_is_no_source(int before, int after)
    {
        float[] values = [.. Enumerable.Range(0, before).Select(i => (float)i)];
        var array = new ParameterArray([.. values], [.. values.Select(v => -v)], []);

        // Reversed, and every third one grown: a value overwritten before it has moved would show.
        int[] sources = [.. Enumerable.Range(0, after).Select(i => i % 3 == 0 ? -1 : before - 1 - i)];
        float[] grown = [.. Enumerable.Range(0, sources.Count(s => s < 0)).Select(i => 0.5f + i)];
        array.Remap(sources, grown);

        int next = 0;
        Assert.Equal(sources.Select(s => s < 0 ? grown[next++] : values[s]), array.Values);
        Assert.Equal(sources.Select(s => s < 0 ? 0f : -values[s]), array.FirstState);
        Assert.Empty(array.SecondState);
    }

    [Fact]
    public void Grown_values_may_be_left_out()
    {
        var array = new ParameterArray([1, 2, 3], [], []);
        array.Remap([-1, 0, -1], []);
        Assert.Equal([0f, 1f, 0f], array.Values);
    }
}
