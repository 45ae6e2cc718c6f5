using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SparseTraining.MLNet.Tests;

/// <summary>What training does with rows, weights, seeds and options.</summary>
public class TrainingTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void The_data_is_read_once()
    {
        int passes = 0;
        var trainer = _context.BinaryClassification.Trainers.SparseMlp(Samples.Small);
        trainer.Fit(_context.View(Counted()));
        Assert.Equal(1, passes);

        IEnumerable<Example> Counted()
        {
            passes++;
            foreach (Example example in Samples.Examples(50))
            {
                yield return example;
            }
        }
    }

    [Fact]
    public void Weights_decide_between_examples_that_contradict_each_other()
    {
        Example[] examples = [.. Samples.Examples(200), .. Samples.Examples(200)];
        for (int i = 0; i < 200; i++)
        {
            examples[i].Label = !examples[i].Label;
            examples[i].Weight = 0.1f;
        }

        var weighted = _context.BinaryClassification.Trainers
            .SparseMlp(Samples.Small with { ExampleWeightColumnName = nameof(Example.Weight) }).Fit(_context.View(examples));
        IDataView test = _context.View(Samples.Examples(200, seed: 2));
        Assert.InRange(_context.BinaryClassification.Evaluate(weighted.Transform(test)).Accuracy, 0.9, 1);
    }

    [Fact]
    public void Only_ratios_of_weights_matter()
    {
        float[] Scores(float factor)
        {
            Example[] examples = Samples.Examples(60);
            for (int i = 0; i < examples.Length; i++)
            {
                examples[i].Weight = factor * (1 + i % 3); // the mean is exact
            }

            return Score(Samples.Small with { ExampleWeightColumnName = nameof(Example.Weight) }, examples);
        }

        Assert.Equal(Scores(1), Scores(1024));
        Assert.Equal(Scores(1), Scores(float.ScaleB(1, -140))); // subnormal: 1 / mean is beyond a float
    }

    [Fact]
    public void Rows_without_label_or_weight_are_skipped_and_reported()
    {
        Example[] examples = Samples.Examples(60);
        Example[] more = [.. examples, .. Samples.Examples(4, seed: 9)];
        (more[60].Weight, more[61].Weight, more[62].Weight, more[63].Value) = (0, float.NaN, -1, float.NaN);
        var options = Samples.Small with { LabelColumnName = nameof(Example.Value), ExampleWeightColumnName = nameof(Example.Weight) };
        var messages = new List<string>();
        _context.Log += (_, e) => messages.Add(e.Message);
        float[] expected = [.. Fit(examples).GetColumn<float>("Score")];
        Assert.DoesNotContain(messages, message => message.Contains("skipped", StringComparison.Ordinal));
        Assert.Equal(expected, Fit(more).GetColumn<float>("Score"));
        Assert.Contains(messages, message => message.Contains("4 rows have no label", StringComparison.Ordinal));

        IDataView Fit(Example[] train) =>
            _context.Regression.Trainers.SparseMlp(options).Fit(_context.View(train)).Transform(_context.View(Samples.Examples(20, seed: 2)));
    }

    [Fact]
    public void Data_without_a_row_to_train_on_is_refused()
    {
        Example[] examples = Samples.Examples(5);
        foreach (Example example in examples)
        {
            example.Weight = 0;
        }

        var trainer = _context.BinaryClassification.Trainers.SparseMlp(Samples.Small with { ExampleWeightColumnName = nameof(Example.Weight) });
        Assert.Contains("no row to train on", Assert.ThrowsAny<ArgumentException>(() => trainer.Fit(_context.View(examples))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_seed_decides_everything_and_threads_nothing()
    {
        float[] first = Score(Samples.Small, Samples.Examples(100));
        Assert.Equal(first, Score(Samples.Small with { NumberOfThreads = 1 }, Samples.Examples(100)));
        Assert.Equal(first, Score(Samples.Small with { NumberOfThreads = 3 }, Samples.Examples(100)));
        Assert.NotEqual(first, Score(Samples.Small with { Seed = 2 }, Samples.Examples(100)));
    }

    [Fact]
    public void Without_a_seed_that_of_the_context_decides()
    {
        float[] Scores(int seed)
        {
            var context = new MLContext(seed);
            return [.. context.BinaryClassification.Trainers.SparseMlp(Samples.Small with { Seed = null })
                .Fit(context.View(Samples.Examples(60))).Transform(context.View(Samples.Examples(20, seed: 2))).GetColumn<float>("Score")];
        }

        Assert.Equal(Scores(7), Scores(7));
        Assert.NotEqual(Scores(7), Scores(8));
    }

    [Fact]
    public void A_network_of_ones_own_is_used()
    {
        var options = Samples.Small with { Network = new SparseMlpOptions { Epsilon = 1 }, NumberOfNetworks = 3, HiddenLayers = [40, 30] };
        SparseMlpBinaryModelParameters model = _context.BinaryClassification.Trainers.SparseMlp(options).Fit(_context.View(Samples.Examples(60))).Model;
        Assert.Equal(3, model.Networks.Count);
        Assert.Equal(4, model.FeatureCount);
        Assert.All(model.Networks, network => Assert.Equal(network.InputSize + 40 + (40 + 30) + (2 * 30), network.LinkCount));
        Assert.Equal(model.Networks.Sum(network => network.LinkCount), model.LinkCount);
    }

    [Fact]
    public void Missing_values_and_constant_features_do_no_harm()
    {
        Example[] Holes(Example[] examples)
        {
            for (int i = 0; i < examples.Length; i++)
            {
                examples[i].Features[2] = 5;
                examples[i].Features[i % 7 == 0 ? 1 : 3] = i % 2 == 0 ? float.NaN : float.PositiveInfinity;
            }

            return examples;
        }

        var model = _context.BinaryClassification.Trainers.SparseMlp(Samples.Small).Fit(_context.View(Holes(Samples.Examples(300))));
        IDataView scored = model.Transform(_context.View(Holes(Samples.Examples(100, seed: 2))));
        Assert.InRange(_context.BinaryClassification.Evaluate(scored).Accuracy, 0.85, 1);
    }

    [Fact]
    public void One_row_or_nothing_but_constants_still_gives_a_model()
    {
        Example[] one = [new Example { Features = [1, 2, 3, 4], Value = 7, Label = true, Name = "only" }];
        Assert.All(Score(Samples.Small, one), score => Assert.True(float.IsFinite(score)));
        IDataView data = _context.View(one);
        Assert.True(float.IsFinite(Assert.Single(_context.Regression.Trainers.SparseMlp(Samples.Small with { LabelColumnName = nameof(Example.Value) })
            .Fit(data).Transform(data).GetColumn<float>("Score"))));
    }

    [Fact]
    public void A_single_class_is_refused()
    {
        IDataView data = _context.View([new Example { Features = [1, 2, 3, 4], Name = "only" }]);
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => _context.NamePipeline().Fit(data));
        Assert.Contains("'Key' has 1 class", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_context_ends_training()
    {
        var trainer = _context.BinaryClassification.Trainers.SparseMlp(Samples.Small with { NumberOfIterations = 1_000_000 });
        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Fit(_context.View(Cancelling())));

        IEnumerable<Example> Cancelling()
        {
            foreach (Example example in Samples.Examples(50))
            {
                yield return example;
            }

            // What AutoML does to a trial that takes too long.
            typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(_context, null);
        }
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SparseMlpTrainerOptions { NumberOfIterations = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SparseMlpTrainerOptions { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SparseMlpTrainerOptions { LearningRate = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SparseMlpTrainerOptions { HiddenLayers = [10, 0] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SparseMlpTrainerOptions { NumberOfNetworks = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SparseMlpTrainerOptions { NumberOfThreads = 0 });
        Assert.Throws<ArgumentException>(() => new SparseMlpTrainerOptions { LabelColumnName = "" });
        Assert.Throws<ArgumentNullException>(() => new SparseMlpTrainerOptions { FeatureColumnName = null! });
        Assert.Throws<ArgumentNullException>(() => _context.Regression.Trainers.SparseMlp((SparseMlpTrainerOptions)null!));
    }

    private float[] Score(SparseMlpTrainerOptions options, Example[] train) =>
        [.. _context.BinaryClassification.Trainers.SparseMlp(options).Fit(_context.View(train))
            .Transform(_context.View(Samples.Examples(20, seed: 2))).GetColumn<float>("Score")];
}
