using SparseTraining.Activations;
using SparseTraining.Losses;
using SparseTraining.Tests.Activations;
using KnownActivations = SparseTraining.Activations.Activations;
using KnownLosses = SparseTraining.Losses.Losses;

namespace SparseTraining.Tests.Losses;

/// <summary>
/// A loss with an output activation, beside its formula from logits and targets of one sample in double precision.
/// </summary>
internal sealed record LossOracle(Loss Loss, Activation Activation, Func<double[], double[], double> Formula)
{
    public static Dictionary<string, LossOracle> All { get; } = new LossOracle[]
    {
        new(KnownLosses.CategoricalCrossEntropy(), KnownActivations.Softmax, (z, t) => Categorical(z, t, 0)),
        new(KnownLosses.CategoricalCrossEntropy(0.1), KnownActivations.Softmax, (z, t) => Categorical(z, t, 0.1)),
        new(KnownLosses.BinaryCrossEntropy(), KnownActivations.Sigmoid(), Binary),
        new(KnownLosses.MeanSquaredError(), KnownActivations.Identity, (z, t) => Squared(z, t)),
        new(KnownLosses.MeanSquaredError(), KnownActivations.Tanh, (z, t) => Squared([.. z.Select(Math.Tanh)], t)),
        new(
            KnownLosses.MeanSquaredError(),
            KnownActivations.Sigmoid(),
            (z, t) => Squared([.. z.Select(ActivationCase.Sigmoid)], t)),
        new(KnownLosses.Huber(), KnownActivations.Identity, (z, t) => Huber(z, t, 1)),
        new(KnownLosses.Huber(0.3), KnownActivations.Identity, (z, t) => Huber(z, t, 0.3)),
    }.ToDictionary(o => $"{o.Loss} with {o.Activation}");

    public static TheoryData<string> Names => [.. All.Keys];

    public static double[] Column(float[] block, int sample, int width) =>
        [.. block.Where((_, i) => i % width == sample).Select(v => (double)v)];

    private static double Categorical(double[] z, double[] t, double smoothing)
    {
        double sum = z.Sum(Math.Exp);
        return -z.Zip(t, (a, b) => (((1 - smoothing) * b) + (smoothing / z.Length)) * Math.Log(Math.Exp(a) / sum)).Sum();
    }

    private static double Binary(double[] z, double[] t) => -z.Zip(t, (a, b) =>
        (b * Math.Log(ActivationCase.Sigmoid(a))) + ((1 - b) * Math.Log(1 - ActivationCase.Sigmoid(a)))).Average();

    private static double Squared(double[] y, double[] t) => y.Zip(t, (a, b) => (a - b) * (a - b)).Average();

    private static double Huber(double[] y, double[] t, double delta) => y.Zip(t, (a, b) => Math.Abs(a - b) <= delta
        ? (a - b) * (a - b) / 2
        : delta * (Math.Abs(a - b) - (delta / 2))).Average();
}
