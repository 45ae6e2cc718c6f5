using SparseTraining.Data;
using SparseTraining.Randomness;

namespace SparseTraining.Datasets;

/// <summary>
/// Cuts a data set into parts that share no sample and together hold every sample. The parts are views that copy no
/// feature and keep the samples in their order.
/// </summary>
public static class DataSplit
{
    /// <summary>Takes a test part at random.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="testFraction">The share of the test part, in (0, 1); the number of samples is rounded to the nearest.</param>
    /// <param name="seed">Equal seeds give equal splits.</param>
    /// <returns>The two parts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in (0, 1).</exception>
    /// <exception cref="ArgumentException">A part would be empty.</exception>
    public static (Dataset Train, Dataset Test) Random(Dataset data, double testFraction, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        int testCount = TestCount(data, testFraction);
        int[] order = Identity(data.Count);
        RandomGenerator.Named(seed, "split/random").Shuffle<int>(order);
        var isTest = new bool[data.Count];
        foreach (int sample in order.AsSpan(0, testCount))
        {
            isTest[sample] = true;
        }

        return Cut(data, sample => isTest[sample]);
    }

    /// <summary>
    /// Takes a test part at random that has the same mixture of classes as the whole. Each class gives its share rounded
    /// down; the samples that are then missing come from the classes with the largest remainders.
    /// </summary>
    /// <param name="data">Samples with class labels.</param>
    /// <param name="testFraction">The share of the test part, in (0, 1); the number of samples is rounded to the nearest.</param>
    /// <param name="seed">Equal seeds give equal splits.</param>
    /// <returns>The two parts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in (0, 1).</exception>
    /// <exception cref="ArgumentException">The data has no class labels, or a part would be empty.</exception>
    public static (Dataset Train, Dataset Test) Stratified(Dataset data, double testFraction, ulong seed)
    {
        int[][] classes = ByClass(data);
        int testCount = TestCount(data, testFraction);
        int[] shares = Shares(classes, testCount, data.Count);
        RandomGenerator random = RandomGenerator.Named(seed, "split/stratified");
        var isTest = new bool[data.Count];
        for (int c = 0; c < classes.Length; c++)
        {
            random.Shuffle<int>(classes[c]);
            foreach (int sample in classes[c].AsSpan(0, shares[c]))
            {
                isTest[sample] = true;
            }
        }

        return Cut(data, sample => isTest[sample]);
    }

    /// <summary>Makes k pairs for cross-validation: every sample is in exactly one of the k test parts.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="k">How many, from 2 to the number of samples. The sizes of the test parts differ by 1 at most.</param>
    /// <param name="seed">Equal seeds give equal folds.</param>
    /// <returns>The k pairs.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is out of range.</exception>
    public static IReadOnlyList<(Dataset Train, Dataset Test)> KFold(Dataset data, int k, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        int[] order = Identity(data.Count);
        RandomGenerator.Named(seed, "split/k-fold").Shuffle<int>(order);
        return Deal(data, order, k);
    }

    /// <summary>
    /// Makes k pairs for cross-validation whose test parts have the same mixture of classes as the whole: neither their
    /// sizes nor the samples that they have of any class differ by more than 1.
    /// </summary>
    /// <param name="data">Samples with class labels.</param>
    /// <param name="k">How many, from 2 to the number of samples.</param>
    /// <param name="seed">Equal seeds give equal folds.</param>
    /// <returns>The k pairs.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is out of range.</exception>
    /// <exception cref="ArgumentException">The data has no class labels.</exception>
    public static IReadOnlyList<(Dataset Train, Dataset Test)> StratifiedKFold(Dataset data, int k, ulong seed)
    {
        int[][] classes = ByClass(data);
        RandomGenerator random = RandomGenerator.Named(seed, "split/stratified-k-fold");
        foreach (int[] samples in classes)
        {
            random.Shuffle<int>(samples);
        }

        return Deal(data, [.. classes.SelectMany(samples => samples)], k);
    }

    /// <summary>Deals the samples round like cards: a run of them spreads over the folds as evenly as can be.</summary>
    private static (Dataset Train, Dataset Test)[] Deal(Dataset data, int[] order, int k)
    {
        if (k < 2 || k > data.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(k), k, $"The number of folds must be from 2 to the number of samples, {data.Count}.");
        }

        var fold = new int[data.Count];
        for (int i = 0; i < order.Length; i++)
        {
            fold[order[i]] = i % k;
        }

        return [.. Enumerable.Range(0, k).Select(part => Cut(data, sample => fold[sample] == part))];
    }

    /// <summary>The samples of each class that occurs, in the order of the labels.</summary>
    private static int[][] ByClass(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.TargetKind != TargetKind.ClassLabels)
        {
            throw new ArgumentException(
                $"A stratified split needs class labels; this data set has {data.TargetKind}. Use Random or KFold.", nameof(data));
        }

        return [.. Enumerable.Range(0, data.Count).GroupBy(data.Label).OrderBy(group => group.Key).Select(group => group.ToArray())];
    }

    /// <summary>Largest remainder, in whole numbers: class c is due size · testCount / total.</summary>
    private static int[] Shares(int[][] classes, int testCount, int total)
    {
        int[] shares = [.. classes.Select(samples => (int)((long)samples.Length * testCount / total))];
        int missing = testCount - shares.Sum();
        IEnumerable<int> byRemainder = Enumerable.Range(0, classes.Length)
            .OrderByDescending(c => (long)classes[c].Length * testCount % total);
        foreach (int c in byRemainder.Take(missing))
        {
            shares[c]++;
        }

        return shares;
    }

    private static int TestCount(Dataset data, double testFraction)
    {
        if (!(testFraction > 0 && testFraction < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(testFraction), testFraction, "The test fraction must lie between 0 and 1, both excluded.");
        }

        int count = (int)Math.Round(data.Count * testFraction, MidpointRounding.AwayFromZero);
        return count > 0 && count < data.Count
            ? count
            : throw new ArgumentException(
                $"A test fraction of {testFraction} leaves one part of {data.Count} samples empty.", nameof(data));
    }

    private static (Dataset Train, Dataset Test) Cut(Dataset data, Func<int, bool> isTest)
    {
        ILookup<bool, int> parts = Enumerable.Range(0, data.Count).ToLookup(isTest);
        return (data.Subset([.. parts[false]]), data.Subset([.. parts[true]]));
    }

    private static int[] Identity(int count) => [.. Enumerable.Range(0, count)];
}
