using SparseTraining.Activations;
using SparseTraining.Training;

namespace SparseTraining.Onnx.Graph;

/// <summary>The activations of the library in operators of opset 13.</summary>
/// <remarks>
/// Equations are those of the activations themselves. GELU is the exact form, by Erf: an operator of its own exists only since
/// opset 20. All-ReLU is LeakyRelu with the slope that its layer has, −α or +α.
/// </remarks>
internal static class ActivationNodes
{
    /// <summary>Whether there is nothing to compute.</summary>
    public static bool IsNone(Activation activation) => activation is IdentityActivation;

    /// <summary>Adds the nodes of a layer's activation.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="prefix">What names of this layer begin with.</param>
    /// <param name="z">The weighted sums, [batch, neurons].</param>
    /// <param name="output">The name of the result.</param>
    /// <exception cref="NotSupportedException">The activation is none of the library's own.</exception>
    public static void Add(GraphBuilder graph, NetworkLayer layer, string prefix, string z, string output)
    {
        switch (layer.Activation)
        {
            case ReluActivation:
                graph.Node("Relu", output, [z]);
                break;
            case LeakyReluActivation leaky:
                graph.Node("LeakyRelu", output, [z], ("alpha", (float)leaky.Slope));
                break;
            case AllReluActivation { Alpha: double alpha, HiddenLayer: int number }:
                graph.Node("LeakyRelu", output, [z], ("alpha", (float)alpha * (number % 2 == 1 ? -1 : 1)));
                break;
            case EluActivation elu:
                graph.Node("Elu", output, [z], ("alpha", (float)elu.Alpha));
                break;
            case TanhActivation:
                graph.Node("Tanh", output, [z]);
                break;
            case SoftmaxActivation:
                graph.Node("Softmax", output, [z], ("axis", 1L));
                break;
            case SigmoidActivation sigmoid:
                graph.Node("Sigmoid", output, [Scaled(graph, z, sigmoid.Slope, prefix, "slope")]);
                break;
            case SwishActivation swish:
                string gate = graph.Node("Sigmoid", prefix + ".gate", [Scaled(graph, z, swish.Beta, prefix, "beta")]);
                graph.Node("Mul", output, [z, gate]);
                break;
            case GeluActivation:
                AddGelu(graph, prefix, z, output);
                break;
            case SReluActivation:
                AddSRelu(graph, layer.ActivationParameters.Values, prefix, z, output);
                break;
            default:
                throw new NotSupportedException(
                    $"The activation {layer.Activation} of {prefix} has no ONNX form: only the library's own activations can be exported, not {layer.Activation.GetType().Name}.");
        }
    }

    private static string Scaled(GraphBuilder graph, string z, double factor, string prefix, string name) => (float)factor == 1f
        ? z
        : graph.Node("Mul", $"{prefix}.{name}_sums", [z, graph.Constant($"{prefix}.{name}", (float)factor)]);

    // z/2 · (1 + erf(z/√2)), in the form and order that ONNX Runtime recognizes as one operator of its own.
    private static void AddGelu(GraphBuilder graph, string prefix, string z, string output)
    {
        string scaled = graph.Node("Div", prefix + ".gelu_scaled", [z, graph.Constant(prefix + ".gelu_root", (float)Math.Sqrt(2))]);
        string erf = graph.Node("Erf", prefix + ".gelu_erf", [scaled]);
        string sum = graph.Node("Add", prefix + ".gelu_sum", [erf, graph.Constant(prefix + ".gelu_one", 1f)]);
        string product = graph.Node("Mul", prefix + ".gelu_product", [z, sum]);
        graph.Node("Mul", output, [product, graph.Constant(prefix + ".gelu_half", 0.5f)]);
    }

    private static void AddSRelu(GraphBuilder graph, float[] parameters, string prefix, string z, string output)
    {
        string leftThreshold = Parameter(0, "left_threshold");
        string rightThreshold = Parameter(2, "right_threshold");
        string left = Piece("left", leftThreshold, Parameter(1, "left_slope"));
        string right = Piece("right", rightThreshold, Parameter(3, "right_slope"));
        string isLeft = graph.Node("Less", prefix + ".is_left", [z, leftThreshold]);
        string isRight = graph.Node("Greater", prefix + ".is_right", [z, rightThreshold]);
        string rest = graph.Node("Where", prefix + ".left_or_middle", [isLeft, left, z]);
        graph.Node("Where", output, [isRight, right, rest]);

        string Parameter(int index, string name) =>
            graph.Constant($"{prefix}.{name}", [.. parameters.Where((_, i) => i % 4 == index)]);

        // threshold + slope · (z − threshold)
        string Piece(string name, string threshold, string slope)
        {
            string distance = graph.Node("Sub", $"{prefix}.{name}_distance", [z, threshold]);
            string product = graph.Node("Mul", $"{prefix}.{name}_product", [distance, slope]);
            return graph.Node("Add", $"{prefix}.{name}", [product, threshold]);
        }
    }
}
