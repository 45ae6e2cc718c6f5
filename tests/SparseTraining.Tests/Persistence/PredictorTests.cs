using SparseTraining.Training;

namespace SparseTraining.Tests.Persistence;

/// <summary>The predictor gives the model's bits, to any number of threads, without allocating.</summary>
public class PredictorTests
{
    public static TheoryData<string> Names => SmallModels.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_predictor_gives_the_bits_of_its_model(string name)
    {
        SparseMlp model = SmallModels.All[name]();
        float[] expected = SmallModels.Predictions(model, 70);
        foreach (SparseMlpPredictor predictor in new[] { model.ToPredictor(), SparseMlpPredictor.Load(new MemoryStream(SmallModels.Bytes(model))) })
        {
            var outputs = new float[expected.Length];
            predictor.Predict(SmallModels.Samples(70), outputs);
            Assert.Equal(expected, outputs);
            float[] one = SmallModels.Samples(70)[..SmallModels.Inputs];
            Assert.Equal(model.Predict(one), predictor.Predict(one));
            Assert.Equal(model.LinkCount, predictor.LinkCount);
            Assert.Equal((model.InputSize, model.OutputSize, model.Options.Task), (predictor.InputSize, predictor.OutputSize, predictor.Task));
            if (model.Options.Task is MlpTask.MulticlassClassification or MlpTask.BinaryClassification)
            {
                Assert.Equal(model.PredictClass(one), predictor.PredictClass(one));
            }
            else
            {
                Assert.Throws<InvalidOperationException>(() => predictor.PredictClass(one));
            }
        }
    }

    [Fact]
    public void Training_the_model_on_does_not_change_its_predictor()
    {
        SparseMlp model = SmallModels.All["srelu"]();
        SparseMlpPredictor predictor = model.ToPredictor();
        float[] sample = SmallModels.Samples(1);
        float[] before = predictor.Predict(sample);
        model.Fit(SmallModels.Data(model.Options.Task, model.OutputSize), new FitOptions { Epochs = 2, WarmStart = true });
        Assert.NotEqual(before, model.Predict(sample));
        Assert.Equal(before, predictor.Predict(sample));
    }

    [Fact]
    public void Eight_threads_on_one_predictor_give_the_bits_of_one()
    {
        // A million each with SPARSETRAINING_LONG=1.
        int predictions = Environment.GetEnvironmentVariable("SPARSETRAINING_LONG") == "1" ? 1_000_000 : 20_000;
        SparseMlpPredictor predictor = SmallModels.All["all-relu"]().ToPredictor();
        float[][] samples = [.. Enumerable.Range(0, 200).Select(i => SmallModels.Samples(1, seed: (ulong)i))];
        float[][] expected = [.. samples.Select(sample => predictor.Predict(sample))];
        int wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(t => new Thread(() =>
        {
            var outputs = new float[predictor.OutputSize];
            for (int i = 0; i < predictions; i++)
            {
                int s = (i * 7 + t * 31) % samples.Length;
                predictor.Predict(samples[s], outputs);
                if (!outputs.AsSpan().SequenceEqual(expected[s]))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Predicting_into_the_callers_memory_allocates_nothing()
    {
        SparseMlpPredictor predictor = SmallModels.All["default"]().ToPredictor();
        float[] samples = SmallModels.Samples(20);
        var outputs = new float[20 * predictor.OutputSize];
        predictor.Predict(samples, outputs);
        long bytes = AllocatedBytes.By(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                predictor.Predict(samples, outputs);
                predictor.PredictClass(samples.AsSpan(0, SmallModels.Inputs));
            }
        });
        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Wrong_samples_are_refused()
    {
        SparseMlpPredictor predictor = SmallModels.All["default"]().ToPredictor();
        Assert.Throws<ArgumentException>(() => predictor.Predict(new float[5]));
        Assert.Throws<ArgumentException>(() => predictor.Predict(new float[SmallModels.Inputs], new float[1]));
        var sample = new float[SmallModels.Inputs];
        sample[7] = float.NaN;
        Assert.Contains("feature 7", Assert.Throws<ArgumentException>(() => predictor.Predict(sample)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new SparseMlp(2, [2], 2).ToPredictor());
    }
}
