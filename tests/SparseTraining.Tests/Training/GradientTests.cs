using SparseTraining.Activations;
using SparseTraining.Data;
using SparseTraining.Initialization;
using SparseTraining.Kernels;
using SparseTraining.Layers;
using SparseTraining.Optimizers;
using SparseTraining.Randomness;
using SparseTraining.Tests.Activations;
using SparseTraining.Tests.Kernels;
using SparseTraining.Tests.Losses;
using SparseTraining.Topology;
using SparseTraining.Training;
using KnownActivations = SparseTraining.Activations.Activations;
using KnownOptimizers = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests.Training;

/// <summary>
/// The backward pass of a two-layer network against central finite differences of a forward pass written out in double
/// precision, for every layer × activation × loss.
/// </summary>
public class GradientTests
{
    private const int Inputs = 5;
    private const int Hidden = 7;
    private const int Outputs = 3;
    private const int Samples = 40;
    private const double H = 1e-6;
    private const ulong DropoutKey = 1234;

    public static TheoryData<string, string> Combinations
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string activation in ActivationCase.All.Keys)
            {
                foreach (string loss in LossOracle.All.Keys)
                {
                    data.Add(activation, loss);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Gradients_match_finite_differences(string activation, string loss)
    {
        ActivationCase hidden = ActivationCase.All[activation];
        LossOracle output = LossOracle.All[loss];
        foreach (LayerKind kind in new[] { LayerKind.Sparse, LayerKind.Dense, LayerKind.MaskedDense })
        {
            foreach (float dropout in new[] { 0f, 0.4f })
            {
                Check(kind, hidden.Activation, (z, _) => hidden.Formula(z), output, dropout);
            }
        }
    }

    [Theory]
    [MemberData(nameof(LossOracle.Names), MemberType = typeof(LossOracle))]
    public void Gradients_through_trained_activation_parameters_match_finite_differences(string loss) =>
        Check(LayerKind.Sparse, KnownActivations.SRelu(-0.3, 0.2, 0.4, 1.3), SRelu, LossOracle.All[loss], 0.4f);

    private static double SRelu(double z, double[] p) =>
        z >= p[2] ? p[2] + p[3] * (z - p[2]) : z <= p[0] ? p[0] + p[1] * (z - p[0]) : z;

    private static void Check(LayerKind kind, Activation activation, Func<double, double[], double> formula, LossOracle output, float dropout)
    {
        Check(kind, activation, formula, output, dropout, threads: 1, StepWay.Alone);
        Check(kind, activation, formula, output, dropout, threads: 2, StepWay.ByTiles);
        Check(kind, activation, formula, output, dropout, threads: 3, StepWay.ByTiles);
        Check(kind, activation, formula, output, dropout, threads: 3, StepWay.ByRows);
    }

    private static void Check(
        LayerKind kind, Activation activation, Func<double, double[], double> formula, LossOracle output, float dropout, int threads, StepWay way)
    {
        var random = new RandomGenerator(17);
        LinearLayer first = Layer(kind, Inputs, Hidden, 0.6, random);
        LinearLayer second = Layer(kind, Hidden, Outputs, 0.7, random);
        var network = new Network(
            [
                new NetworkLayer(first, activation, dropout, WeightInitializers.Zero, false, false),
                new NetworkLayer(second, output.Activation, 0f, WeightInitializers.Zero, false, false),
            ],
            output.Loss);
        float[][] x = [.. Enumerable.Range(0, Samples).Select(_ => SparseCase.Draw(random, Inputs))];
        float[][] targets = [.. Enumerable.Range(0, Samples).Select(_ => Target(random))];
        float[] weights = [.. Enumerable.Range(0, Samples).Select(_ => 0.5f + random.NextSingle())];
        var data = new Dataset(FeatureMatrix.FromRows(x), Targets.FromRows(targets), weights);

        var workspace = new Workspace(network, Samples, forTraining: true);
        var batch = new MiniBatch(Samples, Inputs, TargetKind.Values, Outputs);
        using (BatchReader reader = data.OpenPass(null))
        {
            Assert.Equal(Samples, reader.Read(batch));
        }

        using var team = new WorkerTeam(threads);
        var pass = new ForwardPass(network, workspace, MlpTask.MulticlassClassification);
        pass.Prepare(batch, Samples, null, [], training: true, DropoutKey);
        Assert.Equal(2, workspace.Layout.Count);
        pass.Run(team);

        var oracle = new Oracle(network, formula, output, x, targets, weights, Mask(workspace, dropout));
        AssertClose(oracle.Total(), workspace.SampleLosses.Take(Samples).Sum(), "loss");

        double[][] before = [.. network.Parameters.Select(array => array.Values.Select(v => (double)v).ToArray())];
        network.EnsureOptimizerState(KnownOptimizers.Sgd(1));
        var backward = new BackwardPass(network, workspace, team.Size, normLimit: null);
        var rule = new UpdateRule(KnownOptimizers.Sgd(1), new UpdateContext(1, 1), 1f, Regularization.None, null);
        Assert.Contains(way, backward.Ways);
        backward.Prepare(workspace.Layout.Count, DropoutKey, way == StepWay.ByTiles, rule);
        if (way == StepWay.ByTiles)
        {
            new TilePass(pass, backward, workspace.Layout, team.Size).Run(team, workspace.Layout.Count);
        }

        backward.Run(team);
        int array = 0;
        foreach (ParameterArray parameters in network.Parameters)
        {
            for (int i = 0; i < parameters.Values.Length; i++)
            {
                if (kind == LayerKind.MaskedDense && array is 0 or 3 && before[array][i] == 0)
                {
                    Assert.Equal(0f, parameters.Values[i]);
                    continue;
                }

                AssertClose(oracle.Derivative(array, i), before[array][i] - parameters.Values[i], $"{kind}, array {array}, element {i}, dropout {dropout}");
            }

            array++;
        }
    }

    /// <summary>Gradients are sums over 40 samples of float products: their error is some units in the sixth digit.</summary>
    private static void AssertClose(double expected, double actual, string what) =>
        Assert.True(Math.Abs(expected - actual) <= 3e-5 + 3e-5 * Math.Abs(expected), $"{what}: expected {expected:R}, actual {actual:R}");

    private static LinearLayer Layer(LayerKind kind, int inputs, int outputs, double density, RandomGenerator random)
    {
        LinearLayer layer;
        if (kind == LayerKind.Dense)
        {
            layer = new DenseLinearLayer(inputs, outputs);
            SparseCase.Draw(random, inputs * outputs).CopyTo(layer.WeightValues);
        }
        else
        {
            WeightMask mask = ErdosRenyiInitializer.FromDensity(density).Create(inputs, outputs, random);
            layer = kind == LayerKind.Sparse ? new SparseLinearLayer(mask) : new MaskedLinearLayer(mask);
            ((IRewirable)layer).SetLinkValues(SparseCase.Draw(random, mask.LinkCount));
        }

        SparseCase.Draw(random, outputs).CopyTo(layer.BiasValues);
        return layer;
    }

    /// <summary>Soft targets that suit every loss: positive, and adding up to 1.</summary>
    private static float[] Target(RandomGenerator random)
    {
        float a = 0.05f + 0.9f * random.NextSingle();
        float b = (1 - a) * random.NextSingle();
        return [a, b, 1 - a - b];
    }

    /// <summary>The factor that dropout gives each hidden neuron for each sample.</summary>
    private static double[,] Mask(Workspace workspace, float dropout)
    {
        var mask = new double[Hidden, Samples];
        int width = workspace.Layout.Width;
        for (int tile = 0; tile < workspace.Layout.Count; tile++)
        {
            var ones = new float[Hidden * width];
            Array.Fill(ones, 1f);
            if (dropout > 0)
            {
                Dropout.Apply(ones, width, 0, tile * width, dropout, DropoutKey);
            }

            for (int s = tile * width; s < Math.Min(Samples, (tile + 1) * width); s++)
            {
                for (int h = 0; h < Hidden; h++)
                {
                    mask[h, s] = ones[h * width + s - tile * width];
                }
            }
        }

        return mask;
    }

    /// <summary>The same network in double precision, with weights that can be nudged.</summary>
    private sealed class Oracle(
        Network network, Func<double, double[], double> formula, LossOracle output, float[][] x, float[][] targets, float[] weights, double[,] mask)
    {
        private readonly double[][] _parameters = [.. network.Parameters.Select(array => array.Values.Select(v => (double)v).ToArray())];
        private readonly (int Row, int Column)[] _first = Positions(network.Layers[0].Linear);
        private readonly (int Row, int Column)[] _second = Positions(network.Layers[1].Linear);

        public double Derivative(int array, int element)
        {
            double value = _parameters[array][element];
            _parameters[array][element] = value + H;
            double above = Total();
            _parameters[array][element] = value - H;
            double below = Total();
            _parameters[array][element] = value;
            return (above - below) / (2 * H);
        }

        public double Total()
        {
            double total = 0;
            int perNeuron = _parameters[2].Length / Hidden;
            for (int s = 0; s < Samples; s++)
            {
                double[] z = [.. _parameters[1]];
                for (int k = 0; k < _first.Length; k++)
                {
                    z[_first[k].Row] += _parameters[0][k] * x[s][_first[k].Column];
                }

                double[] logits = [.. _parameters[4]];
                for (int k = 0; k < _second.Length; k++)
                {
                    int h = _second[k].Column;
                    double a = formula(z[h], _parameters[2][(h * perNeuron)..((h + 1) * perNeuron)]) * mask[h, s];
                    logits[_second[k].Row] += _parameters[3][k] * a;
                }

                total += weights[s] * output.Formula(logits, [.. targets[s].Select(t => (double)t)]);
            }

            return total;
        }

        private static (int Row, int Column)[] Positions(LinearLayer layer) => layer is SparseLinearLayer sparse
            ? [.. sparse.Mask.Select(link => (link.Row, link.Column))]
            : [.. Enumerable.Range(0, layer.WeightValues.Length).Select(i => (i / layer.InputSize, i % layer.InputSize))];
    }
}
