using SparseTraining.Activations;
using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Optimizers;
using SparseTraining.Randomness;
using SparseTraining.Tests.Kernels;
using SparseTraining.Training;
using KnownActivations = SparseTraining.Activations.Activations;
using KnownOptimizers = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests.Training;

/// <summary>Steps of several tiles and threads that end badly: updates that run while other tiles are under way must not begin.</summary>
public class TilePassTests
{
    private const int Samples = 80;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(2, true)]
    public void A_loss_that_is_no_number_leaves_every_parameter_as_it_was(int threads, bool limitsNorm)
    {
        foreach (int sample in new[] { 0, 39, 40, Samples - 1 })
        {
            SparseMlp mlp = Trained(KnownActivations.Relu, limitsNorm ? GradientClipping.ByGlobalNorm(1) : null);
            float[] before = SparseMlpFitTests.Weights(mlp);
            float[] features = SparseCase.Draw(new RandomGenerator(5), Samples * 20);
            features.AsSpan(sample * 20, 20).Fill(3e38f);
            var data = new Dataset(FeatureMatrix.FromMatrix(features, 20), Targets.FromLabels(Enumerable.Range(0, Samples).Select(i => i % 4).ToArray()));
            var failure = Assert.Throws<TrainingDivergedException>(() => mlp.Fit(data, Options(threads)));
            Assert.Equal(before, SparseMlpFitTests.Weights(mlp));

            // The layer is named that first gave what is no number, whatever other tiles have become meanwhile.
            int hidden = mlp.Layers[0].OutputSize;
            var sums = new float[hidden];
            mlp.Layers[0].Forward(features.AsSpan(sample * 20, 20), sums, 1);
            Assert.Equal(sums.Any(float.IsInfinity), failure.Layer == 1);
            Assert.InRange(failure.Layer, 1, 2);
        }
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(4, true)]
    public void A_tile_that_fails_ends_the_run_without_anybody_waiting_for_it(int threads, bool backward)
    {
        var activation = new FailingActivation(backward);
        SparseMlp mlp = Trained(activation);
        float[] before = SparseMlpFitTests.Weights(mlp);
        activation.CallsLeft = 3;
        var failure = Assert.Throws<InvalidOperationException>(() => mlp.Fit(Blobs.Data(Samples), Options(threads)));
        Assert.Equal("The activation has failed.", failure.Message);

        // On the way back the layers above may have been updated.
        Assert.True(backward || before.SequenceEqual(SparseMlpFitTests.Weights(mlp)));
    }

    private static SparseMlp Trained(Activation activation, GradientClipping? clipping = null)
    {
        var mlp = new SparseMlp(20, [30, 30], 4, new SparseMlpOptions
        {
            Epsilon = 4,
            HiddenActivation = activation,
            Optimizer = KnownOptimizers.Momentum(0.01),
            GradientClipping = clipping,
            Evolution = TopologyEvolution.None,
        });
        mlp.Fit(Blobs.Data(Samples), new FitOptions { Epochs = 1, BatchSize = Samples, MaxDegreeOfParallelism = 1 });
        return mlp;
    }

    private static FitOptions Options(int threads) => new()
    {
        Epochs = 1,
        BatchSize = Samples,
        MaxDegreeOfParallelism = threads,
        Shuffle = false,
        WarmStart = true,
    };

    /// <summary>The identity, until it has been called so often.</summary>
    private sealed class FailingActivation(bool backward) : Activation("Failing")
    {
        private int _callsLeft = int.MaxValue;

        public int CallsLeft
        {
            set => _callsLeft = value;
        }

        public override void Forward(ReadOnlySpan<float> z, Span<float> a, int width, ReadOnlySpan<float> parameters)
        {
            Count(!backward);
            z.CopyTo(a);
        }

        public override void Backward(
            ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> da, Span<float> dz, int width, ReadOnlySpan<float> parameters)
        {
            Count(backward);
            da.CopyTo(dz);
        }

        private void Count(bool counts)
        {
            if (counts && Interlocked.Decrement(ref _callsLeft) == 0)
            {
                throw new InvalidOperationException("The activation has failed.");
            }
        }
    }
}
