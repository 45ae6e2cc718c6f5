using SparseTraining.Data;
using SparseTraining.Randomness;

namespace SparseTraining.Tests.Data;

public class DatasetTests
{
    [Fact]
    public void A_pass_gives_every_sample_once_in_batches_with_the_rest_last()
    {
        Dataset data = Blobs.Data(23);
        var batch = new MiniBatch(10, 20, TargetKind.ClassLabels, 1);
        foreach (RandomGenerator? random in new[] { null, new RandomGenerator(5) })
        {
            using BatchReader reader = data.OpenPass(random);
            var seen = new List<long>();
            var sizes = new List<int>();
            for (int count = reader.Read(batch); count > 0; count = reader.Read(batch))
            {
                sizes.Add(count);
                for (int i = 0; i < count; i++)
                {
                    seen.Add(batch.SampleIndices[i]);
                    Assert.Equal(data.Label((int)batch.SampleIndices[i]), batch.Labels[i]);
                }
            }

            Assert.Equal([10, 10, 3], sizes);
            Assert.Equal(Enumerable.Range(0, 23).Select(i => (long)i), seen.Order());
            Assert.Equal(random is null, seen.SequenceEqual(seen.Order()));
        }
    }

    [Fact]
    public void Subsets_see_the_samples_that_they_name()
    {
        Dataset data = Blobs.Data(10);
        Dataset subset = data.Subset([7, 2, 2]).Subset([2, 0]);
        Assert.Equal(2, subset.Count);
        Assert.Equal((data.Label(2), data.Label(7)), (subset.Label(0), subset.Label(1)));
        Assert.Contains("[0, 9]", Assert.Throws<ArgumentOutOfRangeException>("samples", () => data.Subset([10])).Message, StringComparison.Ordinal);
        Assert.Equal(-1, Assert.Throws<ArgumentOutOfRangeException>("samples", () => data.Subset([-1])).ActualValue);
        Assert.Throws<ArgumentException>(() => data.Subset([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => subset.Label(2));
        Assert.Throws<InvalidOperationException>(() => subset.WithWeights(new float[2]));
        Assert.Throws<InvalidOperationException>(() => new Dataset(FeatureMatrix.FromRows([[1f]])).Label(0));
        Assert.Throws<InvalidOperationException>(() => data.TargetValues(0));
    }

    [Fact]
    public void Selected_features_come_in_the_order_that_names_them()
    {
        float[][] rows = [[1, 2, 3], [4, 5, 6], [7, 8, 9]];
        Dataset labelled = Dataset.FromLabels(rows, new[] { 0, 1, 2 }).WithWeights(new[] { 0.1f, 0.2f, 0.3f }).Subset([2, 0]).SelectFeatures([2, 0]);
        Assert.Equal([9f, 7f, 3f, 1f], Values(labelled));
        Assert.Equal((2, 0), (labelled.Label(0), labelled.Label(1)));
        Assert.Equal((0.3f, 0.1f), (labelled.Weight(0), labelled.Weight(1)));

        Dataset valued = Dataset.FromValues(rows, [[10f, 11f], [12f, 13f], [14f, 15f]]).Subset([1, 1]).SelectFeatures([1]);
        Assert.Equal([5f, 5f], Values(valued));
        Assert.Equal([12f, 13f], valued.TargetValues(1).ToArray());

        var alone = new Dataset(FeatureMatrix.FromCsr(3, new[] { 0, 1, 2 }, new[] { 2, 0 }, new[] { 5f, 6f }));
        Assert.Equal([5f, 0f, 0f, 6f], Values(alone.SelectFeatures([2, 0])));
        Assert.Equal(TargetKind.None, alone.SelectFeatures([0]).TargetKind);

        Assert.Throws<ArgumentException>(() => labelled.SelectFeatures([]));
        Assert.Contains("[0, 1]", Assert.Throws<ArgumentOutOfRangeException>(() => labelled.SelectFeatures([0, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => labelled.SelectFeatures([-1]));

        static float[] Values(Dataset data)
        {
            var values = new float[data.Count * data.FeatureCount];
            for (int i = 0; i < data.Count; i++)
            {
                data.CopyFeatures(i, values.AsSpan(i * data.FeatureCount));
            }

            return values;
        }
    }

    [Fact]
    public void Sparse_rows_are_checked_when_they_are_given()
    {
        FeatureMatrix good = FeatureMatrix.FromCsr(4, new[] { 0, 2, 2, 3 }, new[] { 1, 3, 0 }, new[] { 5f, 6f, 7f });
        var row = new float[4];
        good.CopyRow(0, row);
        Assert.Equal([0f, 5f, 0f, 6f], row);
        good.CopyRow(1, row);
        Assert.Equal([0f, 0f, 0f, 0f], row);
        Refused("fall after row 1", new[] { 0, 3, 2, 3 }, new[] { 1, 3, 0 }, 3);
        Refused("do not fit", new[] { 0, 2, 2, 4 }, new[] { 1, 3, 0 }, 3);
        Refused("column index 4 after 1", new[] { 0, 2, 2, 3 }, new[] { 1, 4, 0 }, 3);
        Refused("column index 1 after 1", new[] { 0, 2, 2, 3 }, new[] { 1, 1, 0 }, 3);
        Refused("2 values", new[] { 0, 2, 2, 3 }, new[] { 1, 3, 0 }, 2);
        Refused("no samples", new[] { 0 }, Array.Empty<int>(), 0);

        static void Refused(string part, int[] pointers, int[] columns, int values) => Assert.Contains(
            part,
            Assert.Throws<ArgumentException>(() => FeatureMatrix.FromCsr(4, pointers, columns, new float[values])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Matrices_and_targets_must_be_whole_rows()
    {
        Assert.Contains("7 values are not a whole number of rows of 3", Assert.Throws<ArgumentException>(() => FeatureMatrix.FromMatrix(new float[7], 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureMatrix.FromMatrix(new float[7], 0));
        Assert.Throws<ArgumentException>(() => Targets.FromValues(new float[5], 2));
        Assert.Throws<ArgumentException>(() => Targets.FromRows([[1f, 2f], [1f]]));
        Assert.Throws<InvalidOperationException>(() => Targets.FromLabels(new int[3]).Values(0));
        Assert.Throws<InvalidOperationException>(() => Targets.FromValues(new float[3]).Label(0));
    }

    [Fact]
    public void A_batch_checks_its_sizes_and_rows()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MiniBatch(0, 3, TargetKind.None, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MiniBatch(1, 0, TargetKind.None, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MiniBatch(1, 1, TargetKind.Values, 0));
        var batch = new MiniBatch(2, 3, TargetKind.None, 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.WriteFeatures(2));
        Assert.Contains("4 features does not fit", Assert.Throws<ArgumentException>(() => batch.ReferToFeatures(0, new float[4])).Message, StringComparison.Ordinal);
        Assert.True(batch.Targets(0).IsEmpty);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    public void Bytes_train_to_the_same_bits_as_the_floats_that_they_stand_for(int batchSize)
    {
        var random = new RandomGenerator(3);
        byte[] bytes = [.. Enumerable.Range(0, 90 * 12).Select(_ => (byte)random.Next(256))];
        int[] labels = [.. Enumerable.Range(0, 90).Select(_ => random.Next(3))];
        float[] floats = [.. bytes.Select(value => value / 255f)];
        float[] fromBytes = Train(new Dataset(FeatureMatrix.FromBytes(bytes, 12, 255), Targets.FromLabels(labels)));
        float[] fromFloats = Train(new Dataset(FeatureMatrix.FromMatrix(floats, 12), Targets.FromLabels(labels)));
        Assert.Equal(fromFloats.Select(BitConverter.SingleToUInt32Bits), fromBytes.Select(BitConverter.SingleToUInt32Bits));

        float[] Train(Dataset data)
        {
            var mlp = new SparseMlp(12, [16], 3, new SparseMlpOptions { FeatureScaling = FeatureScaling.Standard, Seed = 5 });
            mlp.Fit(data, new FitOptions { Epochs = 2, BatchSize = batchSize });
            return mlp.Predict(floats.AsSpan(0, 12));
        }
    }

    [Fact]
    public void A_batch_may_mix_bytes_and_floats_and_gives_either_as_floats()
    {
        FeatureMatrix bytes = FeatureMatrix.FromBytes(new byte[] { 10, 20, 30, 40 }, 2, 10);
        var batch = new MiniBatch(3, 2, TargetKind.None, 0);
        bytes.WriteTo(batch, 0, 1);
        batch.ReferToFeatures(1, new float[] { 7, 8 });
        bytes.WriteTo(batch, 2, 0);
        Assert.True(batch.IsBytes(0));
        Assert.Equal([3f, 4f], batch.Features(0));
        Assert.False(batch.IsBytes(0));
        Assert.Equal([7f, 8f], batch.Features(1));
        Assert.Equal([1f, 2f], batch.Features(2));
        var row = new float[2];
        bytes.CopyRow(1, row);
        Assert.Equal([3f, 4f], row);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e-38f)]
    public void A_divisor_that_is_no_positive_number_is_rejected(float divisor) =>
        Assert.Equal("divisor", Assert.Throws<ArgumentOutOfRangeException>(() => FeatureMatrix.FromBytes(new byte[4], 2, divisor)).ParamName);
}
