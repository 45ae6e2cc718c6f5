using SparseTraining.Randomness;

namespace MLNetComparison;

/// <summary>A data set: rows of numbers (categories are one-hot, NaN is missing) and a label.</summary>
internal sealed record Table(string Name, Task Task, Example[] Rows)
{
    public int FeatureCount => Rows[0].Features.Length;

    public int ClassCount => Task == Task.Regression ? 0 : Rows.Select(row => row.Name).Distinct().Count();

    /// <summary>Some of the rows, where there are more.</summary>
    public Table AtMost(int rows, ulong seed)
    {
        if (Rows.Length <= rows)
        {
            return this;
        }

        var order = (Example[])Rows.Clone();
        RandomGenerator.Named(seed, Name).Shuffle<Example>(order);
        return this with { Rows = order[..rows] };
    }

    /// <summary>Training and test rows: each fold is a test once and has its share of every class (or range of values).</summary>
    public (Example[] Train, Example[] Test) Fold(int fold, int folds, ulong seed)
    {
        var order = (Example[])Rows.Clone();
        RandomGenerator.Named(seed, "folds").Shuffle<Example>(order);
        order = Task == Task.Regression ? [.. order.OrderBy(row => row.Value)] : [.. order.OrderBy(row => row.Name, StringComparer.Ordinal)];
        return ([.. order.Where((_, i) => i % folds != fold)], [.. order.Where((_, i) => i % folds == fold)]);
    }
}
