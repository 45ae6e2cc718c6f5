using SparseTraining.Optimizers;
using SparseTraining.Tests.Kernels;

namespace SparseTraining.Tests.Optimizers;

public class RegularizationTests
{
    [Fact]
    public void None_changes_nothing()
    {
        float[] w = Floats.Random(50, 1), g = Floats.Random(50, 2), w2 = [.. w], g2 = [.. g];
        Regularization.None.AddCoupledTerms(w, g);
        Regularization.None.ApplyDecay(w);
        Floats.AssertSameBits(w2, w);
        Floats.AssertSameBits(g2, g);
        Assert.False(Regularization.None.HasCoupledTerms);
        Assert.False(Regularization.None.IncludeBias);
        Assert.Equal(Regularization.None, new Regularization());
    }

    [Fact]
    public void Coupled_terms_are_added_to_the_gradient_at_every_length()
    {
        var regularization = new Regularization { L1 = 0.01, L2 = 0.1 };
        Assert.True(regularization.HasCoupledTerms);
        for (int length = 0; length <= 256; length++)
        {
            float[] w = Floats.Random(length, length), g = Floats.Random(length, length + 1), before = [.. g];
            if (length > 2)
            {
                (w[0], w[1]) = (0f, -0f);
            }

            regularization.AddCoupledTerms(w, g);
            for (int i = 0; i < length; i++)
            {
                Floats.AssertClose(before[i] + (0.1 * w[i]) + (0.01 * Math.Sign(w[i])), g[i], 1e-6, 1e-6, $"{i} of {length}");
            }
        }
    }

    [Fact]
    public void L1_alone_does_not_pull_zero()
    {
        float[] g = [1f, 1f, 1f, 1f];
        new Regularization { L1 = 0.5 }.AddCoupledTerms([0f, -0f, 2f, -2f], g);
        Assert.Equal([1f, 1f, 1.5f, 0.5f], g);
    }

    [Fact]
    public void Decay_shrinks_by_a_fixed_share()
    {
        float[] w = Floats.Random(100, 1), before = [.. w];
        new Regularization { DecoupledDecay = 0.0002 }.ApplyDecay(w);
        Assert.All(w.Zip(before), p => Floats.AssertClose(p.Second * (1 - 0.0002), p.First, 0, 1e-7, $"decayed"));
    }

    [Fact]
    public void A_NaN_weight_shows_in_the_gradient()
    {
        float[] g = [1f];
        new Regularization { L1 = 0.1 }.AddCoupledTerms([float.NaN], g);
        Assert.True(float.IsNaN(g[0]));
    }

    [Fact]
    public void Constants_out_of_range_are_named()
    {
        Fails("L1", "L1 is -1; it must be finite and at least 0.", () => new Regularization { L1 = -1 });
        Fails("L2", "L2 is NaN; it must be finite and at least 0.", () => new Regularization { L2 = double.NaN });
        Fails(
            "DecoupledDecay", "DecoupledDecay is 1; it must be in [0, 1).",
            () => new Regularization { DecoupledDecay = 1 });
        Fails("L2", "L2 is -2; it must be finite and at least 0.", () => _ = Regularization.None with { L2 = -2 });
    }

    private static void Fails(string parameter, string message, Func<object> action)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(parameter, action);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
