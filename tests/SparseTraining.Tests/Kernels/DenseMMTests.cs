using SparseTraining.Kernels;
using SparseTraining.Randomness;

namespace SparseTraining.Tests.Kernels;

public class DenseMMTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 5)]
    [InlineData(12, 9)]
    [InlineData(3, 26)]
    public void Both_products_give_the_bits_of_the_scalar_loop_at_every_width(int inputs, int outputs)
    {
        for (int width = 1; width <= 256; width += width < 70 ? 1 : 13)
        {
            var random = new RandomGenerator((ulong)(inputs * 1000 + outputs * 10 + width));
            float[] w = SparseCase.Draw(random, inputs * outputs);
            float[] bias = SparseCase.Draw(random, outputs);
            using var x = new GuardedBuffer(SparseCase.Draw(random, inputs * width));
            using var dz = new GuardedBuffer(SparseCase.Draw(random, outputs * width));
            using var y = new GuardedBuffer(outputs * width);
            using var dx = new GuardedBuffer(inputs * width);
            DenseMM.Multiply(w, inputs, 1, inputs, bias, x.Span, y.Span, width, 0, outputs);
            DenseMM.Multiply(w, 1, inputs, outputs, [], dz.Span, dx.Span, width, 0, inputs);
            Floats.AssertSameBits(Scalar(outputs, inputs, width, bias, (r, k) => w[r * inputs + k], x.Span.ToArray()), y.Span);
            Floats.AssertSameBits(Scalar(inputs, outputs, width, null, (r, k) => w[k * inputs + r], dz.Span.ToArray()), dx.Span);
        }
    }

    [Fact]
    public void A_range_of_rows_is_what_the_whole_product_has_there()
    {
        var random = new RandomGenerator(3);
        float[] w = SparseCase.Draw(random, 20 * 15);
        float[] bias = SparseCase.Draw(random, 15);
        float[] x = SparseCase.Draw(random, 20 * 24);
        var all = new float[15 * 24];
        var part = new float[6 * 24];
        DenseMM.Multiply(w, 20, 1, 20, bias, x, all, 24, 0, 15);
        DenseMM.Multiply(w, 20, 1, 20, bias, x, part, 24, 7, 6);
        Floats.AssertSameBits(all.AsSpan(7 * 24, 6 * 24), part);
    }

    private static float[] Scalar(int rows, int inner, int width, float[]? bias, Func<int, int, float> weight, float[] x)
    {
        var y = new float[rows * width];
        for (int r = 0; r < rows; r++)
        {
            for (int s = 0; s < width; s++)
            {
                float sum = bias?[r] ?? 0f;
                for (int k = 0; k < inner; k++)
                {
                    sum = MathF.FusedMultiplyAdd(weight(r, k), x[k * width + s], sum);
                }

                y[r * width + s] = sum;
            }
        }

        return y;
    }
}
