using SparseTraining.Activations;

namespace SparseTraining.Persistence;

/// <summary>Activations as text. It stands alone, so that a program that only predicts carries no other blocks.</summary>
internal static class ActivationText
{
    public static string Of(Activation activation) => activation switch
    {
        AllReluActivation { HiddenLayer: int layer, Alpha: double alpha } when layer % 2 == 0 => Part.Text("AllRelu", alpha, 2),
        _ when activation.GetType().Assembly == typeof(Activation).Assembly => activation.Name,
        _ => Part.Foreign + activation.Name,
    };

    /// <exception cref="FormatException">The text names no activation of this library.</exception>
    public static Activation Parse(string text)
    {
        Part part = Part.Parse(text);
        return (part.Name, part.Count) switch
        {
            ("Relu", 0) => Activations.Activations.Relu,
            ("Gelu", 0) => Activations.Activations.Gelu,
            ("Tanh", 0) => Activations.Activations.Tanh,
            ("Identity", 0) => Activations.Activations.Identity,
            ("Softmax", 0) => Activations.Activations.Softmax,
            ("LeakyRelu", 1) => Activations.Activations.LeakyRelu(part.Number(0)),
            ("AllRelu", 1) => Activations.Activations.AllRelu(part.Number(0)),
            ("AllRelu", 2) => Activations.Activations.AllRelu(part.Number(0)).ForLayer(part.Whole(1)),
            ("SRelu", 4) => Activations.Activations.SRelu(part.Number(0), part.Number(1), part.Number(2), part.Number(3)),
            ("Elu", 1) => Activations.Activations.Elu(part.Number(0)),
            ("Swish", 1) => Activations.Activations.Swish(part.Number(0)),
            ("Sigmoid", 1) => Activations.Activations.Sigmoid(part.Number(0)),
            _ => throw part.Unknown("activation"),
        };
    }
}
