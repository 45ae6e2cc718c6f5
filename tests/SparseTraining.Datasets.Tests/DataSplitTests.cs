using CsCheck;
using SparseTraining.Data;

namespace SparseTraining.Datasets.Tests;

public class DataSplitTests
{
    private static readonly Gen<int[]> Labels = Gen.Int[0, 4].Array[2, 120];
    private static readonly Gen<double> Fractions = Gen.Double[0.02, 0.98];

    [Fact]
    public void Every_sample_is_in_exactly_one_part_in_its_order() =>
        Gen.Select(Labels, Fractions, Gen.ULong).Sample((labels, fraction, seed) =>
        {
            int tests = (int)Math.Round(labels.Length * fraction, MidpointRounding.AwayFromZero);
            if (tests == 0 || tests == labels.Length)
            {
                return;
            }

            Dataset data = Numbered(labels);
            foreach ((Dataset train, Dataset test) in new[] { DataSplit.Random(data, fraction, seed), DataSplit.Stratified(data, fraction, seed) })
            {
                Assert.Equal(tests, test.Count);
                AssertPartition(data, train, test);
            }
        }, iter: 300);

    [Fact]
    public void A_stratified_part_has_every_class_to_within_one_sample() =>
        Gen.Select(Labels, Fractions, Gen.ULong).Sample((labels, fraction, seed) =>
        {
            int tests = (int)Math.Round(labels.Length * fraction, MidpointRounding.AwayFromZero);
            if (tests == 0 || tests == labels.Length)
            {
                return;
            }

            (_, Dataset test) = DataSplit.Stratified(Numbered(labels), fraction, seed);
            double[] due = new double[5];
            int[] got = new int[5];
            for (int c = 0; c < 5; c++)
            {
                due[c] = (double)labels.Count(label => label == c) * tests / labels.Length;
                got[c] = test.Labels().Count(label => label == c);
                Assert.InRange(got[c], (int)Math.Floor(due[c] + 1e-9), (int)Math.Ceiling(due[c] - 1e-9));
            }

            // Largest remainder: nobody who was rounded up had a smaller remainder than somebody who was rounded down.
            double[] remainder = [.. due.Select(d => d - Math.Floor(d + 1e-9))];
            for (int up = 0; up < 5; up++)
            {
                for (int down = 0; down < 5; down++)
                {
                    bool isUp = got[up] > due[up] + 1e-9;
                    bool isDown = got[down] < due[down] - 1e-9;
                    Assert.False(isUp && isDown && remainder[up] < remainder[down] - 1e-9);
                }
            }
        }, iter: 500);

    [Fact]
    public void Shares_that_come_out_even_are_exact()
    {
        int[] labels = [.. Enumerable.Repeat(0, 60), .. Enumerable.Repeat(3, 30), .. Enumerable.Repeat(1, 9)];
        (Dataset train, Dataset test) = DataSplit.Stratified(Numbered(labels), 1.0 / 3, 5);
        Assert.Equal([20, 3, 10], Sizes(test));
        Assert.Equal([40, 6, 20], Sizes(train));
    }

    [Fact]
    public void Equal_seeds_give_equal_splits_and_others_differ()
    {
        Dataset data = Numbered([.. Enumerable.Range(0, 100).Select(i => i % 3)]);
        Func<ulong, IEnumerable<int>>[] splits =
        [
            seed => Numbers(DataSplit.Random(data, 0.3, seed).Test),
            seed => Numbers(DataSplit.Stratified(data, 0.3, seed).Test),
            seed => DataSplit.KFold(data, 4, seed).SelectMany(fold => Numbers(fold.Test)),
            seed => DataSplit.StratifiedKFold(data, 4, seed).SelectMany(fold => Numbers(fold.Test)),
        ];
        foreach (Func<ulong, IEnumerable<int>> split in splits)
        {
            Assert.Equal(split(1), split(1));
            Assert.NotEqual(split(1), split(2));
        }
    }

    [Fact]
    public void The_choice_is_uniform()
    {
        Dataset data = Numbered([0, 0, 0, 0, 1]);
        var counts = new int[5];
        for (ulong seed = 0; seed < 3000; seed++)
        {
            counts[Numbers(DataSplit.Random(data, 0.2, seed).Test)[0]]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 500, 700)); // 600 ± 4.5 standard deviations of 22
    }

    [Fact]
    public void Folds_partition_the_samples_evenly() =>
        Gen.Select(Labels, Gen.Int[2, 8], Gen.ULong).Where((labels, k, _) => k <= labels.Length).Sample((labels, k, seed) =>
        {
            Dataset data = Numbered(labels);
            foreach (bool stratified in new[] { false, true })
            {
                var folds = stratified ? DataSplit.StratifiedKFold(data, k, seed) : DataSplit.KFold(data, k, seed);
                Assert.Equal(k, folds.Count);
                Assert.All(folds, fold => AssertPartition(data, fold.Train, fold.Test));
                Assert.Equal(Enumerable.Range(0, data.Count), folds.SelectMany(fold => Numbers(fold.Test)).Order());
                AssertWithinOne(folds.Select(fold => fold.Test.Count));
                for (int c = 0; stratified && c < 5; c++)
                {
                    AssertWithinOne(folds.Select(fold => fold.Test.Labels().Count(label => label == c)));
                }
            }
        }, iter: 300);

    [Fact]
    public void Values_can_be_split_but_not_stratified()
    {
        var data = new Dataset(FeatureMatrix.FromMatrix(new float[] { 1, 2, 3 }, 1), Targets.FromValues(new float[] { 1, 2, 3 }));
        Assert.Equal(1, DataSplit.Random(data, 0.3, 1).Test.Count);
        Assert.Equal(3, DataSplit.KFold(data, 3, 1).Count);
        foreach (Action action in new Action[] { () => DataSplit.Stratified(data, 0.3, 1), () => DataSplit.StratifiedKFold(data, 3, 1) })
        {
            var exception = Assert.Throws<ArgumentException>("data", action);
            Assert.StartsWith("A stratified split needs class labels; this data set has Values. Use Random or KFold.", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void Fractions_must_lie_between_0_and_1(double fraction)
    {
        Dataset data = Numbered([0, 1, 0, 1]);
        foreach (Action action in new Action[] { () => DataSplit.Random(data, fraction, 1), () => DataSplit.Stratified(data, fraction, 1) })
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>("testFraction", action);
            Assert.StartsWith("The test fraction must lie between 0 and 1, both excluded.", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    public void A_part_must_not_be_empty(double fraction)
    {
        var exception = Assert.Throws<ArgumentException>("data", () => DataSplit.Random(Numbered([0, 1, 0, 1]), fraction, 1));
        Assert.StartsWith($"A test fraction of {fraction} leaves one part of 4 samples empty.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(5)]
    public void Folds_must_be_from_2_to_the_number_of_samples(int k)
    {
        Dataset data = Numbered([0, 1, 0, 1]);
        foreach (Action action in new Action[] { () => DataSplit.KFold(data, k, 1), () => DataSplit.StratifiedKFold(data, k, 1) })
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>(nameof(k), action);
            Assert.StartsWith("The number of folds must be from 2 to the number of samples, 4.", exception.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A data set whose only feature is the sample's number.</summary>
    private static Dataset Numbered(int[] labels) => new(
        FeatureMatrix.FromMatrix(Enumerable.Range(0, labels.Length).Select(i => (float)i).ToArray(), 1), Targets.FromLabels(labels));

    private static int[] Numbers(Dataset data) => [.. Enumerable.Range(0, data.Count).Select(i => (int)data.Features(i)[0])];

    private static int[] Sizes(Dataset data) =>
        [.. data.Labels().CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value)];

    private static void AssertPartition(Dataset data, Dataset train, Dataset test)
    {
        Assert.Equal(Numbers(train).Order(), Numbers(train));
        Assert.Equal(Numbers(test).Order(), Numbers(test));
        Assert.Equal(Enumerable.Range(0, data.Count), Numbers(train).Concat(Numbers(test)).Order());
        Assert.All(Enumerable.Range(0, test.Count), i => Assert.Equal(data.Label(Numbers(test)[i]), test.Label(i)));
    }

    private static void AssertWithinOne(IEnumerable<int> sizes) => Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
}
