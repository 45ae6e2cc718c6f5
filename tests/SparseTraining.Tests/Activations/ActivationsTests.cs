using SparseTraining.Activations;
using Known = SparseTraining.Activations.Activations;

namespace SparseTraining.Tests.Activations;

public class ActivationsTests
{
    [Fact]
    public void Names_show_the_constants_with_a_point()
    {
        Activation[] all =
        [
            Known.Relu, Known.Gelu, Known.Tanh, Known.Identity, Known.Softmax, Known.LeakyRelu(), Known.AllRelu(),
            Known.SRelu(), Known.Elu(), Known.Swish(1.5), Known.Sigmoid(),
        ];
        Assert.Equal(
            [
                "Relu", "Gelu", "Tanh", "Identity", "Softmax", "LeakyRelu(0.01)", "AllRelu(0.6)", "SRelu(0, 0.2, 1, 1)",
                "Elu(1)", "Swish(1.5)", "Sigmoid(1)",
            ],
            all.Select(a => a.Name));
        Assert.Equal(all.Select(a => a.Name), all.Select(a => a.ToString()));
    }

    [Fact]
    public void Rectifiers_are_the_relu_family()
    {
        Assert.All(
            [Known.Relu, Known.LeakyRelu(), Known.AllRelu(), Known.SRelu(), Known.Elu(), Known.Gelu, Known.Swish()],
            a => Assert.True(a.IsRectifier));
        Assert.All(
            [Known.Sigmoid(), Known.Tanh, Known.Identity, Known.Softmax], a => Assert.False(a.IsRectifier));
    }

    [Fact]
    public void Only_softmax_needs_all_rows_and_only_srelu_has_parameters()
    {
        Assert.False(Known.Softmax.IsElementwise);
        Assert.True(Known.SRelu().IsElementwise);
        Assert.Equal(4, Known.SRelu().ParametersPerNeuron);
        Assert.Equal(0, Known.Softmax.ParametersPerNeuron);
    }

    [Theory]
    [InlineData(1, -0.6f)]
    [InlineData(2, 0.6f)]
    [InlineData(3, -0.6f)]
    [InlineData(10, 0.6f)]
    public void All_relu_alternates_its_slope_from_minus_alpha_in_hidden_layer_one(int hiddenLayer, float slope)
    {
        Activation activation = Known.AllRelu().ForLayer(5).ForLayer(hiddenLayer);
        float[] a = [-1f, 2f];
        activation.Forward(a, a, 2, []);
        Assert.Equal([-slope, 2f], a);
        Assert.Equal(slope > 0, activation.PreservesSign);
        Assert.Equal("AllRelu(0.6)", activation.Name);
    }

    [Fact]
    public void Other_activations_are_the_same_in_every_layer()
    {
        Assert.Same(Known.Relu, Known.Relu.ForLayer(4));
        Assert.Throws<ArgumentOutOfRangeException>("hiddenLayer", () => Known.Relu.ForLayer(0));
        Assert.Throws<ArgumentOutOfRangeException>("hiddenLayer", () => Known.AllRelu().ForLayer(0));
    }

    [Theory]
    [InlineData(-0.1, "slope is -0.1; it must be finite and at least 0.")]
    [InlineData(double.NaN, "slope is NaN; it must be finite and at least 0.")]
    [InlineData(1e60, "slope is 1E+60; it must be finite and at least 0.")]
    public void Leaky_relu_names_the_range_of_its_slope(double slope, string message) =>
        Fails("slope", message, () => Known.LeakyRelu(slope));

    [Fact]
    public void Other_constants_are_checked_too()
    {
        Fails("alpha", "alpha is -1; it must be finite and at least 0.", () => Known.AllRelu(-1));
        Fails("alpha", "alpha is 0; it must be finite and above 0.", () => Known.Elu(0));
        Fails("beta", "beta is 1E-60; it must be finite and above 0.", () => Known.Swish(1e-60));
        Fails("slope", "slope is -2; it must be finite and above 0.", () => Known.Sigmoid(-2));
        Fails(
            "leftThreshold", "leftThreshold is -Infinity; it must be finite.",
            () => Known.SRelu(double.NegativeInfinity));
        Fails("leftSlope", "leftSlope is NaN; it must be finite.", () => Known.SRelu(0, double.NaN));
        Fails(
            "rightThreshold", "rightThreshold is -1; it must be at least the left threshold 0.",
            () => Known.SRelu(0, 0, -1));
        Fails(
            "rightSlope", "rightSlope is Infinity; it must be finite.",
            () => Known.SRelu(0, 0, 1, double.PositiveInfinity));
    }

    [Fact]
    public void An_activation_of_ones_own_works_and_must_bring_its_parameter_gradient()
    {
        var own = new ScaledActivation();
        own.InitializeParameters(new float[3]);
        Assert.Same(own, own.ForLayer(2));
        var error = Assert.Throws<NotSupportedException>(() => own.ParameterGradient([], [], 1, [], []));
        Assert.Equal("scaled has 1 trained parameters a neuron, but does not override ParameterGradient.", error.Message);
        Known.Relu.ParameterGradient([1f], [1f], 1, [], []);
        Assert.Throws<ArgumentException>("parameters", () => Known.Relu.InitializeParameters(new float[1]));
        Assert.Throws<ArgumentException>("name", () => new ScaledActivation(""));
    }

    private static void Fails(string parameter, string message, Action action)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(parameter, action);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private sealed class ScaledActivation(string name = "scaled") : Activation(name)
    {
        public override int ParametersPerNeuron => 1;

        public override void Forward(ReadOnlySpan<float> z, Span<float> a, int width, ReadOnlySpan<float> parameters) =>
            z.CopyTo(a);

        public override void Backward(
            ReadOnlySpan<float> z,
            ReadOnlySpan<float> a,
            ReadOnlySpan<float> da,
            Span<float> dz,
            int width,
            ReadOnlySpan<float> parameters) =>
            da.CopyTo(dz);
    }
}
