using SparseTraining.Kernels;
using SparseTraining.Randomness;

namespace SparseTraining.Tests.Kernels;

public class TranspositionTests
{
    [Theory]
    [InlineData(1, 8)]
    [InlineData(7, 8)]
    [InlineData(65, 24)]
    public void Samples_become_columns(int features, int width)
    {
        float[][] rows = [.. Enumerable.Range(0, 8).Select(i => SparseCase.Draw(new RandomGenerator((ulong)i), features))];
        using var tile = new GuardedBuffer(features * width);
        Transposition.EightRows(rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6], rows[7], tile.Span, width, width - 8);
        for (int f = 0; f < features; f++)
        {
            for (int s = 0; s < 8; s++)
            {
                Assert.Equal(rows[s][f], tile.Span[f * width + width - 8 + s]);
            }
        }

        Transposition.OneRow(rows[3], tile.Span, width, width - 1);
        for (int f = 0; f < features; f++)
        {
            Assert.Equal(rows[3][f], tile.Span[f * width + width - 1]);
        }
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(65, 24)]
    public void Samples_of_bytes_become_columns_of_the_numbers_they_stand_for(int features, int width)
    {
        byte[][] rows = [.. Enumerable.Range(0, 8).Select(i => Enumerable.Range(0, features).Select(f => (byte)(i * 37 + f * 11)).ToArray())];
        float[] numbers = [.. Enumerable.Range(0, 256).Select(value => value / 255f)];
        using var tile = new GuardedBuffer(features * width);
        Transposition.EightRows(rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6], rows[7], numbers, tile.Span, width, width - 8);
        for (int f = 0; f < features; f++)
        {
            for (int s = 0; s < 8; s++)
            {
                Assert.Equal(rows[s][f] / 255f, tile.Span[f * width + width - 8 + s]);
            }
        }

        Transposition.OneRow(rows[3], numbers, tile.Span, width, 0);
        Assert.Equal(rows[3][features - 1] / 255f, tile.Span[(features - 1) * width]);
    }
}
