namespace SparseTraining.Tests;

public class AllocatedBytesTests
{
    private byte[] _last = [];

    [Fact]
    public void What_is_allocated_is_counted_and_nothing_else()
    {
        Assert.InRange(AllocatedBytes.By(() => _last = new byte[1000]), 1000, 1100);
        Assert.Equal(0, AllocatedBytes.By(() => _last[0]++));
    }
}
