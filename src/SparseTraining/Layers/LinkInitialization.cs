using System.Runtime.CompilerServices;
using SparseTraining.Initialization;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Layers;

/// <summary>Draws first weights for links, in the mask's order.</summary>
internal static class LinkInitialization
{
    /// <summary>One weight for every link.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(WeightMask mask, WeightInitializer initializer, RandomGenerator random, Span<float> values)
    {
        double linksOut = (double)mask.LinkCount / mask.Columns;
        for (int row = 0; row < mask.Rows; row++)
        {
            var fan = new FanCounts(mask.RowLinkCount(row), linksOut, mask.Columns, mask.Rows);
            foreach (ref float value in values[mask.RowPointers[row]..mask.RowPointers[row + 1]])
            {
                value = initializer.Draw(fan, random);
            }
        }
    }

    /// <summary>One weight for every element of a dense layer, row-major.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FillDense(int inputs, int outputs, WeightInitializer initializer, RandomGenerator random, Span<float> values)
    {
        var fan = new FanCounts(inputs, outputs, inputs, outputs);
        foreach (ref float value in values)
        {
            value = initializer.Draw(fan, random);
        }
    }

    /// <summary>One weight for every grown link of a plan.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float[] ForGrown(RewirePlan plan, WeightInitializer initializer, RandomGenerator random)
    {
        WeightMask mask = plan.Mask;
        double linksOut = (double)mask.LinkCount / mask.Columns;
        var values = new float[plan.GrownCount];
        int grown = 0;
        for (int row = 0; row < mask.Rows; row++)
        {
            var fan = new FanCounts(mask.RowLinkCount(row), linksOut, mask.Columns, mask.Rows);
            foreach (int source in plan.Sources[mask.RowPointers[row]..mask.RowPointers[row + 1]])
            {
                if (source < 0)
                {
                    values[grown++] = initializer.Draw(fan, random);
                }
            }
        }

        return values;
    }
}
