using SparseTraining.Training;

namespace SparseTraining.Onnx.Tests;

public class TaskTests
{
    private static readonly IReadOnlyList<float[]> Samples = Models.Samples(50);

    [Fact]
    public void A_multi_class_model_gives_labels_and_probabilities()
    {
        SparseMlp model = Models.Trained([20], 5, new());
        using OnnxRun run = OnnxRun.Of(model);
        Assert.Equal(["label", "probabilities"], run.Outputs.Keys.Order());
        (float[] probabilities, int[] shape) = run.Run<float>("probabilities", Samples);
        Assert.Equal([50, 5], shape);
        Models.AssertClose(Models.Predict(model, Samples), probabilities);
        (long[] labels, int[] labelShape) = run.Run<long>("label", Samples);
        Assert.Equal([50], labelShape);
        Assert.Equal(Samples.Select(sample => (long)model.PredictClass(sample)), labels);
        Assert.True(labels.Distinct().Count() > 2);
    }

    [Fact]
    public void A_binary_model_gives_two_columns_that_sum_to_1()
    {
        SparseMlp model = Models.Trained([20], 1, new() { Task = MlpTask.BinaryClassification });
        using OnnxRun run = OnnxRun.Of(model);
        (float[] probabilities, int[] shape) = run.Run<float>("probabilities", Samples);
        Assert.Equal([50, 2], shape);
        Models.AssertClose(Models.Predict(model, Samples), [.. probabilities.Where((_, i) => i % 2 == 1)]);
        Models.AssertClose([.. Models.Predict(model, Samples).Select(p => 1 - p)], [.. probabilities.Where((_, i) => i % 2 == 0)]);
        (long[] labels, _) = run.Run<long>("label", Samples);
        Assert.Equal(Samples.Select(sample => (long)model.PredictClass(sample)), labels);
        Assert.Equal([0L, 1L], labels.Distinct().Order());
    }

    [Fact]
    public void A_multi_label_model_gives_a_0_or_1_for_every_label()
    {
        SparseMlp model = Models.Trained([20], 4, new() { Task = MlpTask.MultiLabelClassification });
        using OnnxRun run = OnnxRun.Of(model);
        float[] expected = Models.Predict(model, Samples);
        (float[] probabilities, int[] shape) = run.Run<float>("probabilities", Samples);
        Assert.Equal([50, 4], shape);
        Models.AssertClose(expected, probabilities);
        (long[] labels, int[] labelShape) = run.Run<long>("label", Samples);
        Assert.Equal([50, 4], labelShape);
        Assert.Equal(expected.Select(p => p > 0.5f ? 1L : 0L), labels);
        Assert.Equal([0L, 1L], labels.Distinct().Order());
    }

    [Fact]
    public void A_regression_gives_its_values()
    {
        SparseMlp model = Models.Trained([20], 3, new() { Task = MlpTask.Regression });
        using OnnxRun run = OnnxRun.Of(model);
        Assert.Equal(["variable"], run.Outputs.Keys);
        (float[] values, int[] shape) = run.Run<float>("variable", Samples);
        Assert.Equal([50, 3], shape);
        Models.AssertClose(Models.Predict(model, Samples), values);
    }

    [Fact]
    public void A_network_without_hidden_layers_is_exported_too()
    {
        SparseMlp model = Models.Trained([], 3, new());
        using OnnxRun run = OnnxRun.Of(model);
        Models.AssertClose(Models.Predict(model, Samples), run.Run<float>("probabilities", Samples).Values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void The_batch_has_any_size(int count)
    {
        SparseMlp model = Models.Trained([20], 5, new());
        using OnnxRun run = OnnxRun.Of(model);
        Assert.Equal([-1, Models.Inputs], run.Inputs["features"].Dimensions);
        Assert.Equal("batch", run.Inputs["features"].SymbolicDimensions[0]);
        IReadOnlyList<float[]> samples = Models.Samples(count);
        (float[] probabilities, int[] shape) = run.Run<float>("probabilities", samples);
        Assert.Equal([count, 5], shape);
        if (count > 0)
        {
            Models.AssertClose(Models.Predict(model, samples), probabilities);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Labels_are_class_names_where_there_are_some_and_they_are_wanted(bool useClassNames)
    {
        SparseMlp model = Models.Trained([20], 3, new());
        string[] names = ["Äpfel", "plums, dried", "\"nuts\""];
        model.ClassNames = names;
        using OnnxRun run = OnnxRun.Of(model, new() { UseClassNames = useClassNames });
        int[] expected = [.. Samples.Select(sample => model.PredictClass(sample))];
        if (useClassNames)
        {
            Assert.Equal(expected.Select(label => names[label]), run.Run<string>("label", Samples).Values);
        }
        else
        {
            Assert.Equal(expected.Select(label => (long)label), run.Run<long>("label", Samples).Values);
        }

        Assert.Equal(names, System.Text.Json.JsonSerializer.Deserialize<string[]>(run.Metadata["class_names"])!);
        Assert.Equal("MulticlassClassification", run.Metadata["task"]);
        Assert.Equal(model.LinkCount.ToString(System.Globalization.CultureInfo.InvariantCulture), run.Metadata["links"]);
        Assert.Equal("SparseTraining", run.Producer);
    }

    [Fact]
    public void A_binary_model_has_two_class_names()
    {
        SparseMlp model = Models.Trained([20], 1, new() { Task = MlpTask.BinaryClassification });
        model.ClassNames = ["benign", "malignant"];
        using OnnxRun run = OnnxRun.Of(model);
        Assert.Equal(Samples.Select(sample => model.ClassNames[model.PredictClass(sample)]), run.Run<string>("label", Samples).Values);
    }

    [Fact]
    public void A_multi_label_model_keeps_its_names_in_the_metadata()
    {
        SparseMlp model = Models.Trained([20], 2, new() { Task = MlpTask.MultiLabelClassification });
        model.ClassNames = ["sun", "rain"];
        using OnnxRun run = OnnxRun.Of(model);
        Assert.Equal("""["sun","rain"]""", run.Metadata["class_names"]);
        Assert.Equal(100, run.Run<long>("label", Samples).Values.Length);
    }
}
