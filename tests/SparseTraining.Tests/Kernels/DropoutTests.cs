using SparseTraining.Kernels;

namespace SparseTraining.Tests.Kernels;

public class DropoutTests
{
    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.3f)]
    [InlineData(0.8f)]
    public void The_asked_share_is_zeroed_and_the_mean_kept(float rate)
    {
        var block = new float[400 * 100];
        Array.Fill(block, 1f);
        Dropout.Apply(block, 100, 0, 0, rate, key: 77);
        double zeroed = block.Count(value => value == 0) / (double)block.Length;

        // Five standard deviations of a binomial share.
        double spread = 5 * Math.Sqrt(rate * (1 - rate) / block.Length);
        Assert.InRange(zeroed, rate - spread, rate + spread);
        Assert.All(block, value => Assert.True(value == 0 || Math.Abs(value - 1 / (1 - rate)) < 1e-6));
    }

    [Fact]
    public void The_mask_depends_on_neuron_sample_and_key_not_on_how_the_block_is_cut()
    {
        float[] whole = Ones(20 * 48);
        Dropout.Apply(whole, 48, 0, 0, 0.5f, 9);
        for (int width = 1; width <= 48; width++)
        {
            for (int first = 0; first + width <= 48; first += 5)
            {
                float[] part = Ones(7 * width);
                Dropout.Apply(part, width, 11, first, 0.5f, 9);
                for (int r = 0; r < 7; r++)
                {
                    Floats.AssertSameBits(whole.AsSpan((11 + r) * 48 + first, width), part.AsSpan(r * width, width));
                }
            }
        }
    }

    [Fact]
    public void Masks_of_neighbouring_neurons_samples_and_keys_are_uncorrelated()
    {
        const int Rows = 200;
        const int Width = 200;
        float[] a = Ones(Rows * Width);
        float[] b = Ones(Rows * Width);
        Dropout.Apply(a, Width, 0, 0, 0.5f, 1);
        Dropout.Apply(b, Width, 0, 0, 0.5f, 2);
        double limit = 5 / Math.Sqrt(Rows * Width);
        Assert.InRange(Correlation(a, b, 0), -limit, limit);
        Assert.InRange(Correlation(a, a, 1), -limit, limit);
        Assert.InRange(Correlation(a, a, Width), -limit, limit);
    }

    private static double Correlation(float[] a, float[] b, int shift)
    {
        double sum = 0;
        for (int i = shift; i < a.Length; i++)
        {
            sum += (a[i] - 1.0) * (b[i - shift] - 1.0);
        }

        return sum / (a.Length - shift);
    }

    private static float[] Ones(int count)
    {
        var ones = new float[count];
        Array.Fill(ones, 1f);
        return ones;
    }
}
