using SparseTraining.Data;
using SparseTraining.Randomness;
using SparseTraining.Training;

namespace SparseTraining.Tests.Data;

/// <summary>Sources that users write: what the library asks of them, and what it says where one gives something else.</summary>
public class OwnSourceTests
{
    private static readonly (float[][] X, int[] Labels) Rows = Blobs.Rows(300);

    [Fact]
    public void A_source_that_always_writes_labels_can_be_predicted()
    {
        SparseMlp mlp = Trained();
        Source source = new();
        Assert.Equal(mlp.PredictClasses(Blobs.Data(300)), mlp.PredictClasses(source));
        Assert.Equal(mlp.Predict(Blobs.Data(300)), mlp.Predict(source));
        Assert.Equal(mlp.PredictClasses(source), mlp.PredictClasses(new Source { Label = 99 }));
    }

    [Fact]
    public void A_source_that_gives_fewer_samples_than_a_batch_takes_is_measured_rightly()
    {
        SparseMlp mlp = Trained();
        EvaluationResult whole = mlp.Evaluate(new Source());
        EvaluationResult parts = mlp.Evaluate(new Source { Most = 100 });
        Assert.Equal((300, whole.Accuracy, whole.Loss), (parts.SampleCount, parts.Accuracy, parts.Loss));
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Weights_of_a_stream_are_checked(float weight)
    {
        string message = Assert.Throws<ArgumentException>(() => Model().Fit(new Source { Weight = weight })).Message;
        Assert.Contains($"Sample 0 has weight {weight}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FeatureScaling.Standard)]
    [InlineData(FeatureScaling.MinMax)]
    public void A_scaler_names_the_sample_that_is_not_finite(FeatureScaling scaling)
    {
        float[][] x = [.. Rows.X.Select(row => (float[])row.Clone())];
        x[70][3] = float.NegativeInfinity;
        SparseMlp mlp = Model(scaling);
        string message = Assert.Throws<ArgumentException>(() => mlp.Fit(new SparseMlpFitTests.Stream(x, Rows.Labels))).Message;
        Assert.Contains("Sample 70", message, StringComparison.Ordinal);
        Assert.Contains("feature 3", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_breaks_its_promise_is_told_so()
    {
        Assert.Contains("11 samples; the batch takes 10", Message(new Source { TooMany = 1 }), StringComparison.Ordinal);
        Assert.Contains("Sample 0 has no features", Message(new Source { WritesFeatures = false }), StringComparison.Ordinal);

        static string Message(Source source) =>
            Assert.Throws<ArgumentException>(() => Model().Fit(source, new() { BatchSize = 10 })).Message;
    }

    [Fact]
    public void Positions_in_a_batch_are_checked()
    {
        var batch = new MiniBatch(2, 3, TargetKind.None, 0);
        Assert.Contains("[0, 1]", Assert.Throws<ArgumentOutOfRangeException>(() => batch.ReferToFeatures(5, new float[3])).Message, StringComparison.Ordinal);
        Assert.Contains("[0, 1]", Assert.Throws<ArgumentOutOfRangeException>(() => { batch.WriteFeatures(-1); }).Message, StringComparison.Ordinal);
    }

    /// <summary>Blocks of 256 samples of a million inputs would take a gigabyte.</summary>
    [Fact]
    public void Wide_inputs_are_predicted_in_the_memory_that_their_samples_need()
    {
        const int Inputs = 1_000_000;
        var mlp = new SparseMlp(Inputs, [4], 2, new() { Epsilon = 0.01, Evolution = SparseTraining.Evolution.TopologyEvolution.None });
        Dataset data = Dataset.FromLabels([new float[Inputs], new float[Inputs]], new[] { 0, 1 });
        mlp.Fit(data, new() { Epochs = 1, BatchSize = 1 });
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(2, mlp.Predict(data, maxDegreeOfParallelism: 1).Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 << 20);
    }

    private static SparseMlp Model(FeatureScaling scaling = FeatureScaling.None) => new(20, [30], 4, new() { Epsilon = 3, FeatureScaling = scaling });

    private static SparseMlp Trained()
    {
        SparseMlp mlp = Model();
        mlp.Fit(Blobs.Data(100, seed: 5), new() { Epochs = 2, BatchSize = 10 });
        return mlp;
    }

    private sealed class Source : BatchSource
    {
        public override int FeatureCount => 20;

        public override TargetKind TargetKind => TargetKind.ClassLabels;

        public override int TargetCount => 1;

        public override long? SampleCount => null;

        public int? Label { get; init; }

        public float? Weight { get; init; }

        public int Most { get; init; } = int.MaxValue;

        public int TooMany { get; init; }

        public bool WritesFeatures { get; init; } = true;

        public override BatchReader OpenPass(RandomGenerator? random) => new Reader(this);

        private sealed class Reader(Source source) : BatchReader
        {
            private int _next;

            public override int Read(MiniBatch batch)
            {
                int count = Math.Min(Math.Min(batch.Capacity, source.Most), Rows.X.Length - _next);
                for (int i = 0; i < count; i++, _next++)
                {
                    if (source.WritesFeatures)
                    {
                        batch.ReferToFeatures(i, Rows.X[_next]);
                    }

                    batch.Labels[i] = source.Label ?? Rows.Labels[_next];
                    batch.Weights[i] = source.Weight ?? 1;
                    batch.SampleIndices[i] = _next;
                }

                return count + source.TooMany;
            }
        }
    }
}
