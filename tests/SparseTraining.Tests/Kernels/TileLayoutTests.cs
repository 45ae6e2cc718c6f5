using SparseTraining.Kernels;

namespace SparseTraining.Tests.Kernels;

public class TileLayoutTests
{
    [Fact]
    public void Every_batch_is_cut_into_tiles_that_the_kernels_take()
    {
        foreach ((int batch, int widest) in Enumerable.Range(1, 1000).SelectMany(b => new[] { (b, 1000), (b, 1_000_000) }))
        {
            TileLayout layout = TileLayout.For(batch, widest);
            Assert.Contains(layout.Width, new[] { 1, 4, 16, 32, 48, 64 });
            Assert.Contains(layout.LastWidth, new[] { 1, 4, 16, 32, 48, 64 });
            Assert.True(layout.LastWidth <= layout.Width);
            int before = (layout.Count - 1) * layout.Width;
            Assert.InRange(batch, before + 1, before + layout.LastWidth);
            Assert.Equal(layout.Count, layout.Used(batch));
            Assert.Equal(7L * (before + layout.LastWidth), layout.Length(7, layout.Count));
        }
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 4, 1, 4)]
    [InlineData(20, 32, 1, 32)]
    [InlineData(32, 32, 1, 32)]
    [InlineData(33, 32, 2, 1)]
    [InlineData(64, 32, 2, 32)]
    [InlineData(100, 64, 2, 48)]
    [InlineData(128, 64, 2, 64)]
    [InlineData(512, 64, 8, 64)]
    public void The_usual_batch_sizes_waste_few_columns(int batch, int width, int count, int lastWidth) =>
        Assert.Equal(new TileLayout(width, count, lastWidth), TileLayout.For(batch, 65_535));

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(32, 32, 1, 32)]
    [InlineData(64, 64, 1, 64)]
    [InlineData(100, 64, 2, 48)]
    [InlineData(192, 64, 3, 64)]
    public void Wide_networks_get_tiles_as_wide_as_they_can_be(int batch, int width, int count, int lastWidth) =>
        Assert.Equal(new TileLayout(width, count, lastWidth), TileLayout.For(batch, 65_536));
}
