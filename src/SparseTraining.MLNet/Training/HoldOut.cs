using SparseTraining.MLNet.Data;
using SparseTraining.Randomness;

namespace SparseTraining.MLNet.Training;

/// <summary>
/// Which rows a network trains on and which tell how well it does. Networks hold out different rows, so that together they
/// have seen all; each fold has its share of every class.
/// </summary>
internal sealed class HoldOut
{
    private readonly int[] _folds;
    private readonly int _foldCount;

    private HoldOut(int[] folds, int foldCount)
    {
        _folds = folds;
        _foldCount = foldCount;
    }

    /// <summary>Deals the rows to folds.</summary>
    /// <param name="rows">The data.</param>
    /// <param name="classes">Classes, or 0 for regression.</param>
    /// <param name="foldCount">Folds, at least 2. There are none where a fold would have less than two rows.</param>
    /// <param name="seed">Which row goes where.</param>
    public static HoldOut Of(TrainingRows rows, int classes, int foldCount, ulong seed)
    {
        if (rows.Count < 2 * foldCount)
        {
            return new HoldOut(new int[rows.Count], 0);
        }

        var order = new int[rows.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        RandomGenerator.Named(seed, "folds").Shuffle<int>(order);
        if (classes > 0)
        {
            // A stable sort, so that dealing them out one by one gives every fold its share of each class.
            order = [.. order.OrderBy(row => rows.Labels[row])];
        }

        var folds = new int[rows.Count];
        for (int i = 0; i < order.Length; i++)
        {
            folds[order[i]] = i % foldCount;
        }

        return new HoldOut(folds, foldCount);
    }

    /// <summary>Whether any rows are held out.</summary>
    public bool HoldsOut => _foldCount > 0;

    /// <summary>The rows of a network.</summary>
    public (int[] Train, int[] Validation) Split(int network)
    {
        int held = _foldCount == 0 ? -1 : network % _foldCount;
        int[] all = [.. Enumerable.Range(0, _folds.Length)];
        return _foldCount == 0
            ? (all, [])
            : ([.. all.Where(row => _folds[row] != held)], [.. all.Where(row => _folds[row] == held)]);
    }
}
