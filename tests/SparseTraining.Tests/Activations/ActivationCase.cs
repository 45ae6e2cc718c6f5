using SparseTraining.Activations;
using SparseTraining.Tests.Kernels;
using Known = SparseTraining.Activations.Activations;

namespace SparseTraining.Tests.Activations;

/// <summary>Every activation without trained parameters beside its formula in double precision.</summary>
internal sealed record ActivationCase(Activation Activation, Func<double, double> Formula, bool HasKinkAtZero = false)
{
    public static Dictionary<string, ActivationCase> All { get; } = new ActivationCase[]
    {
        new(Known.Relu, z => z > 0 ? z : double.IsNaN(z) ? z : 0, true),
        new(Known.LeakyRelu(), z => z > 0 ? z : 0.01 * z, true),
        new(Known.LeakyRelu(0.3), z => z > 0 ? z : 0.3 * z, true),
        new(Known.AllRelu(), z => z > 0 ? z : -0.6 * z, true),
        new(Known.Elu(), z => z > 0 ? z : Math.Exp(z) - 1),
        new(Known.Elu(0.5), z => z > 0 ? z : 0.5 * (Math.Exp(z) - 1), true),
        new(Known.Gelu, z => double.IsNegativeInfinity(z) ? 0 : z * NormalOracle.Distribution(z)),
        new(Known.Swish(), z => double.IsNegativeInfinity(z) ? 0 : z * Sigmoid(z)),
        new(Known.Swish(1.7), z => double.IsNegativeInfinity(z) ? 0 : z * Sigmoid(1.7 * z)),
        new(Known.Sigmoid(), Sigmoid),
        new(Known.Sigmoid(0.4), z => Sigmoid(0.4 * z)),
        new(Known.Tanh, Math.Tanh),
        new(Known.Identity, z => z),
    }.ToDictionary(c => c.Activation.Name);

    public static TheoryData<string> Names => [.. All.Keys];

    public static double Sigmoid(double z) => z < 0 ? Math.Exp(z) / (1 + Math.Exp(z)) : 1 / (1 + Math.Exp(-z));
}
