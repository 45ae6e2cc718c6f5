using SparseTraining.Activations;
using SparseTraining.Initialization;
using SparseTraining.Training;
using static SparseTraining.Activations.Activations;

namespace SparseTraining.Onnx.Tests;

public class ActivationTests
{
    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, Activation> All { get; } = new()
    {
        ["ReLU"] = Relu,
        ["leaky ReLU"] = LeakyRelu(),
        ["steep leaky ReLU"] = LeakyRelu(0.3),
        ["All-ReLU"] = AllRelu(),
        ["All-ReLU 0"] = AllRelu(0),
        ["SReLU"] = SRelu(),
        ["other SReLU"] = SRelu(-0.5, 0.1, 0.4, 1.5),
        ["ELU"] = Elu(),
        ["other ELU"] = Elu(0.5),
        ["GELU"] = Gelu,
        ["Swish"] = Swish(),
        ["steep Swish"] = Swish(1.7),
        ["sigmoid"] = Sigmoid(),
        ["steep sigmoid"] = Sigmoid(2.5),
        ["tanh"] = Tanh,
        ["identity"] = Identity,
        ["softmax"] = Softmax,
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Random_networks_predict_the_same(string name)
    {
        var random = new Random(name.Length);
        for (int network = 0; network < 4; network++)
        {
            int[] hidden = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(2, 60))];
            SparseMlp model = Models.Trained(
                hidden,
                random.Next(2, 12),
                new() { HiddenActivation = All[name], Density = DensityAllocation.Uniform(0.1 + 0.4 * random.NextDouble()) },
                seed: network);
            IReadOnlyList<float[]> samples = Models.Samples(33, network);
            float[] expected = Models.Predict(model, samples);
            foreach (OnnxWeightFormat format in Enum.GetValues<OnnxWeightFormat>())
            {
                using OnnxRun run = OnnxRun.Of(model, new() { Weights = format });
                Models.AssertClose(expected, run.Run<float>("probabilities", samples).Values);
            }
        }
    }

    // Softmax and sigmoid squeeze what a hidden activation gets wrong; an output layer that is the activation itself does not.
    [Theory]
    [MemberData(nameof(Names))]
    public void As_output_of_a_regression_it_is_the_same(string name)
    {
        SparseMlp model = Models.Trained(
            [20], 7, new() { Task = MlpTask.Regression, HiddenActivation = Tanh, OutputActivation = All[name], Loss = Losses.Losses.MeanSquaredError() });
        IReadOnlyList<float[]> samples = Models.Samples(100);
        using OnnxRun run = OnnxRun.Of(model);
        Models.AssertClose(Models.Predict(model, samples), run.Run<float>("variable", samples).Values);
    }

    [Fact]
    public void An_activation_of_the_users_own_is_refused_by_name_and_layer()
    {
        SparseMlp model = Models.Trained([5, 5], 3, new() { HiddenActivation = new Cube() });
        using var stream = new MemoryStream();
        NotSupportedException exception = Assert.Throws<NotSupportedException>(() => model.ExportOnnx(stream));
        Assert.Equal("The activation Cube(3) of layer1 has no ONNX form: only the library's own activations can be exported, not Cube.", exception.Message);
        Assert.Equal(0, stream.Length);
    }

    private sealed class Cube() : Activation("Cube(3)")
    {
        public override void Forward(ReadOnlySpan<float> z, Span<float> a, int width, ReadOnlySpan<float> parameters)
        {
            for (int i = 0; i < z.Length; i++)
            {
                a[i] = z[i] * z[i] * z[i] * 0.01f;
            }
        }

        public override void Backward(
            ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> da, Span<float> dz, int width, ReadOnlySpan<float> parameters)
        {
            for (int i = 0; i < z.Length; i++)
            {
                dz[i] = 3 * z[i] * z[i] * 0.01f * da[i];
            }
        }
    }
}
