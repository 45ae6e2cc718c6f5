using SparseTraining.Data;
using SparseTraining.Randomness;

namespace SparseTraining.Datasets.Tests;

public class ImageAugmentationTests
{
    private static readonly ImageShape Shape = new(2, 5, 6);

    private static readonly ImageAugmentationOptions Everything = new()
    {
        HorizontalShift = ImageShift.Pixels(2),
        VerticalShift = ImageShift.Fraction(0.4),
        HorizontalFlipProbability = 0.5,
        RotationDegrees = 15,
        Fill = 0.25f,
    };

    [Fact]
    public void Nothing_changes_when_all_amounts_are_0()
    {
        Dataset data = Images(20);
        var augmented = new ImageAugmentation(data, Shape, new ImageAugmentationOptions());
        AssertSamePass(ReadPass(data, 5, 7), ReadPass(augmented, 5, 7));
    }

    [Fact]
    public void Nothing_changes_without_a_random_stream()
    {
        Dataset data = Images(20);
        AssertSamePass(ReadPass(data, null, 7), ReadPass(new ImageAugmentation(data, Shape, Everything), null, 7));
    }

    [Fact]
    public void Equal_streams_give_equal_passes_whatever_the_batch_size()
    {
        var augmented = new ImageAugmentation(Images(40), Shape, Everything);
        List<Sample> pass = ReadPass(augmented, 5, 7);
        AssertSamePass(pass, ReadPass(augmented, 5, 7));
        AssertSamePass(pass, ReadPass(augmented, 5, 40));
        AssertSamePass(pass, ReadPass(augmented, 5, 1));
        Assert.NotEqual(pass.SelectMany(sample => sample.Features), ReadPass(augmented, 6, 7).SelectMany(sample => sample.Features));
    }

    [Fact]
    public void Two_passes_of_one_stream_differ_even_if_the_source_draws_nothing()
    {
        var augmented = new ImageAugmentation(new InOrder(Images(10)), Shape, Everything);
        var random = new RandomGenerator(3);
        List<Sample> first = ReadPass(augmented, random, 4);
        List<Sample> second = ReadPass(augmented, random, 4);
        Assert.NotEqual(first.SelectMany(sample => sample.Features), second.SelectMany(sample => sample.Features));
    }

    [Fact]
    public void Order_targets_weights_and_positions_are_those_of_the_source()
    {
        Dataset data = Images(30);
        List<Sample> plain = ReadPass(data, 5, 8);
        List<Sample> changed = ReadPass(new ImageAugmentation(data, Shape, Everything), 5, 8);
        Assert.Equal(plain.Select(s => (s.Index, s.Label, s.Weight)), changed.Select(s => (s.Index, s.Label, s.Weight)));
        Assert.NotEqual(plain.SelectMany(s => s.Features), changed.SelectMany(s => s.Features));
    }

    [Fact]
    public void Each_flip_of_probability_1_mirrors_and_two_are_the_identity()
    {
        Dataset data = Images(10);
        var options = new ImageAugmentationOptions { HorizontalFlipProbability = 1 };
        var once = new ImageAugmentation(data, Shape, options);
        Assert.Equal(
            ReadPass(data, 5, 4).SelectMany(s => s.Features.Chunk(6).SelectMany(row => row.Reverse())),
            ReadPass(once, 5, 4).SelectMany(s => s.Features));
        AssertSamePass(ReadPass(data, 5, 4), ReadPass(new ImageAugmentation(once, Shape, options), 5, 4));
    }

    [Fact]
    public void Shifts_cover_their_range_evenly()
    {
        // One row of pixels 1 … 9: the first pixel that is not fill, or the first value, tells the shift.
        var data = new Dataset(FeatureMatrix.FromMatrix(Enumerable.Repeat(Enumerable.Range(1, 9), 4000).SelectMany(row => row.Select(x => (float)x)).ToArray(), 9));
        var options = new ImageAugmentationOptions { HorizontalShift = ImageShift.Pixels(3) };
        var counts = new Dictionary<int, int>();
        foreach (Sample sample in ReadPass(new ImageAugmentation(data, new ImageShape(1, 1, 9), options), 5, 100))
        {
            int shift = 5 - (int)sample.Features[4]; // the middle pixel's value is 5 − shift
            Assert.Equal(Enumerable.Range(0, 9).Select(x => x - shift is >= 0 and < 9 ? x - shift + 1f : 0f), sample.Features);
            counts[shift] = counts.GetValueOrDefault(shift) + 1;
        }

        Assert.Equal([-3, -2, -1, 0, 1, 2, 3], counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, 460, 682)); // 571 ± 5 standard deviations of 22
    }

    [Fact]
    public void Flips_happen_as_often_as_asked_for()
    {
        var data = new Dataset(FeatureMatrix.FromMatrix(Enumerable.Range(0, 8000).Select(i => (float)(i % 2)).ToArray(), 2));
        var options = new ImageAugmentationOptions { HorizontalFlipProbability = 0.25 };
        int flips = ReadPass(new ImageAugmentation(data, new ImageShape(1, 1, 2), options), 5, 64).Count(s => s.Features[0] == 1);
        Assert.InRange(flips, 860, 1140); // 1000 ± 5 standard deviations of 27
    }

    [Fact]
    public void Small_turns_stay_small()
    {
        // A bright pixel at distance 10 from the centre moves by at most 10 · sin(15°) < 2.6 pixels.
        var shape = new ImageShape(1, 21, 21);
        var image = new float[441];
        image[10 * 21 + 20] = 1;
        var data = new Dataset(FeatureMatrix.FromRows([.. Enumerable.Repeat(image, 200)]));
        var highest = 0;
        var lowest = 20;
        foreach (Sample sample in ReadPass(new ImageAugmentation(data, shape, new ImageAugmentationOptions { RotationDegrees = 15 }), 5, 50))
        {
            int brightest = Array.IndexOf(sample.Features, sample.Features.Max()) / 21;
            highest = Math.Max(highest, brightest);
            lowest = Math.Min(lowest, brightest);
        }

        Assert.Equal((8, 12), (Math.Max(lowest, 8), Math.Min(highest, 12))); // both directions are used
        Assert.InRange(lowest, 7, 8);
        Assert.InRange(highest, 12, 13);
    }

    [Fact]
    public void Sparse_sources_and_several_open_passes_work()
    {
        int[] pointers = [.. Enumerable.Range(0, 21).Select(i => 3 * i)];
        int[] columns = [.. Enumerable.Range(0, 20).SelectMany(i => new[] { i, i + 11, i + 37 })];
        float[] values = [.. Enumerable.Range(1, 60).Select(i => (float)i)];
        var sparse = new Dataset(FeatureMatrix.FromCsr(60, pointers, columns, values));
        var dense = new Dataset(FeatureMatrix.FromRows([.. Enumerable.Range(0, 20).Select(i => sparse.Features(i))]));
        List<Sample> expected = ReadPass(new ImageAugmentation(dense, Shape, Everything), 5, 7);
        AssertSamePass(expected, ReadPass(new ImageAugmentation(sparse, Shape, Everything), 5, 7));

        var source = new ImageAugmentation(sparse, Shape, Everything);
        using BatchReader first = source.OpenPass(new RandomGenerator(5));
        using BatchReader second = source.OpenPass(new RandomGenerator(5));
        var batches = new[] { NewBatch(source, 7), NewBatch(source, 7) };
        for (int start = 0; start < 20; start += 7)
        {
            int count = first.Read(batches[0]);
            Assert.Equal(count, second.Read(batches[1]));
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(expected[start + i].Features, batches[0].Features(i).ToArray());
                Assert.Equal(expected[start + i].Features, batches[1].Features(i).ToArray());
            }
        }
    }

    [Fact]
    public void The_steady_state_allocates_nothing()
    {
        var source = new ImageAugmentation(Images(600), Shape, Everything);
        MiniBatch batch = NewBatch(source, 50);
        using BatchReader pass = source.OpenPass(new RandomGenerator(1));
        pass.Read(batch);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int count = 0;
        for (int i = 0; i < 10; i++)
        {
            count += pass.Read(batch);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(500, count);
    }

    [Fact]
    public void Says_what_the_source_says()
    {
        Dataset data = Images(3);
        var source = new ImageAugmentation(data, Shape, Everything);
        Assert.Equal((60, TargetKind.ClassLabels, 1, 3L), (source.FeatureCount, source.TargetKind, source.TargetCount, source.SampleCount));
    }

    [Fact]
    public void Amounts_out_of_range_are_refused()
    {
        AssertRefused("HorizontalShift is 6 pixels; an image of 6 pixels can be shifted by 5 at most.", new() { HorizontalShift = ImageShift.Pixels(6) });
        AssertRefused("VerticalShift is 5 pixels; an image of 5 pixels can be shifted by 4 at most.", new() { VerticalShift = ImageShift.Pixels(5) });
        AssertRefused("HorizontalFlipProbability is 1.5; it must lie in [0, 1].", new() { HorizontalFlipProbability = 1.5 });
        AssertRefused("HorizontalFlipProbability is NaN; it must lie in [0, 1].", new() { HorizontalFlipProbability = double.NaN });
        AssertRefused("RotationDegrees is -1; it must lie in [0, 180].", new() { RotationDegrees = -1 });
        AssertRefused("RotationDegrees is 181; it must lie in [0, 180].", new() { RotationDegrees = 181 });
        AssertRefused("Fill is NaN; it must be finite.", new() { Fill = float.NaN });
        var exception = Assert.Throws<ArgumentException>("shape", () => new ImageAugmentation(Images(2), new ImageShape(1, 5, 6), Everything));
        Assert.StartsWith("Images of 1 × 5 × 6 have 30 values; the source's samples have 60.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("shape", () => new ImageAugmentation(Images(2), default, Everything));
    }

    [Fact]
    public void Shapes_and_shifts_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("channels", () => new ImageShape(0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => new ImageShape(1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => new ImageShape(1, 1, 0));
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new ImageShape(65536, 65536, 65536));
        Assert.Contains("65536 × 65536 × 65536 values are more than", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("pixels", () => ImageShift.Pixels(-1));
        foreach (double fraction in new[] { -0.1, 1, double.NaN })
        {
            exception = Assert.Throws<ArgumentOutOfRangeException>("fraction", () => ImageShift.Fraction(fraction));
            Assert.StartsWith("A shift as a fraction must lie in [0, 1).", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2, ImageShift.Fraction(0.1).Largest(28));
        Assert.Equal(0, ImageShift.None.Largest(28));
    }

    private static void AssertRefused(string message, ImageAugmentationOptions options) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new ImageAugmentation(Images(2), Shape, options)).Message);

    private static Dataset Images(int count) => new(
        FeatureMatrix.FromMatrix(Enumerable.Range(1, count * 60).Select(i => (float)i).ToArray(), 60),
        Targets.FromLabels(Enumerable.Range(0, count).ToArray()),
        Enumerable.Range(0, count).Select(i => i / 2f).ToArray());

    private static MiniBatch NewBatch(BatchSource source, int capacity) =>
        new(capacity, source.FeatureCount, source.TargetKind, source.TargetCount);

    private static List<Sample> ReadPass(BatchSource source, ulong seed, int capacity) =>
        ReadPass(source, new RandomGenerator(seed), capacity);

    private static List<Sample> ReadPass(BatchSource source, RandomGenerator? random, int capacity)
    {
        var samples = new List<Sample>();
        MiniBatch batch = NewBatch(source, capacity);
        using BatchReader pass = source.OpenPass(random);
        for (int count = pass.Read(batch); count > 0; count = pass.Read(batch))
        {
            for (int i = 0; i < count; i++)
            {
                int label = batch.Labels.IsEmpty ? 0 : batch.Labels[i];
                samples.Add(new Sample(batch.SampleIndices[i], label, batch.Weights[i], batch.Features(i).ToArray()));
            }
        }

        return samples;
    }

    private static void AssertSamePass(List<Sample> expected, List<Sample> actual)
    {
        Assert.Equal(expected.Select(s => (s.Index, s.Label, s.Weight)), actual.Select(s => (s.Index, s.Label, s.Weight)));
        Assert.Equal(
            expected.SelectMany(s => s.Features).Select(BitConverter.SingleToUInt32Bits),
            actual.SelectMany(s => s.Features).Select(BitConverter.SingleToUInt32Bits));
    }

    private sealed record Sample(long Index, int Label, float Weight, float[] Features);

    /// <summary>A source that gives its samples in their order and leaves the random stream alone.</summary>
    private sealed class InOrder(Dataset data) : BatchSource
    {
        public override int FeatureCount => data.FeatureCount;

        public override TargetKind TargetKind => data.TargetKind;

        public override int TargetCount => data.TargetCount;

        public override long? SampleCount => data.SampleCount;

        public override BatchReader OpenPass(RandomGenerator? random) => data.OpenPass(null);
    }
}
