using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Kernels;

/// <summary>A random sparse matrix with the blocks that kernels work on.</summary>
internal sealed class SparseCase
{
    public SparseCase(int inputs, int outputs, double density, int width, int tiles = 1, int seed = 1)
    {
        var random = new RandomGenerator((ulong)(seed + inputs * 31 + outputs * 7 + width));
        var links = new List<Link>();
        for (int row = 0; row < outputs; row++)
        {
            for (int column = 0; column < inputs; column++)
            {
                if (random.NextDouble() < density)
                {
                    links.Add(new Link(row, column));
                }
            }
        }

        Mask = WeightMask.FromLinks(outputs, inputs, links);
        Width = width;
        Tiles = tiles;
        Values = Draw(random, Mask.LinkCount);
        Bias = Draw(random, outputs);
        X = Draw(random, tiles * inputs * width);
        Dz = Draw(random, tiles * outputs * width);
    }

    public WeightMask Mask { get; }

    public int Width { get; }

    public int Tiles { get; }

    public float[] Values { get; }

    public float[] Bias { get; }

    /// <summary>[tiles, inputs, width].</summary>
    public float[] X { get; }

    /// <summary>[tiles, outputs, width].</summary>
    public float[] Dz { get; }

    public float[] DenseWeights()
    {
        var dense = new float[Mask.Rows * Mask.Columns];
        int i = 0;
        foreach (Link link in Mask)
        {
            dense[link.Row * Mask.Columns + link.Column] = Values[i++];
        }

        return dense;
    }

    public static float[] Draw(RandomGenerator random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];

    public static TheoryData<int, int, double> Shapes => new()
    {
        { 1, 1, 1.0 },
        { 7, 5, 0.4 },
        { 33, 17, 0.2 },
        { 64, 3, 0.0 },
        { 5, 40, 1.0 },
        { 129, 31, 0.05 },
    };
}
