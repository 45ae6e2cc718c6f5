using SparseTraining.Kernels;

namespace SparseTraining.Tests.Kernels;

public class DenseMVTests
{
    [Fact]
    public void One_sample_gets_the_bits_of_the_product_with_many()
    {
        foreach (int outputs in new[] { 1, 3, 10, 15, 16, 17, 40 })
        {
            foreach (int inputs in new[] { 1, 2, 4, 7, 64, 129, 300 })
            {
                var c = new SparseCase(inputs, outputs, 1, width: 1);
                var expected = new float[outputs];
                DenseMM.Multiply(c.Values, inputs, 1, inputs, c.Bias, c.X, expected, 1, 0, outputs);
                using var weights = new GuardedBuffer(c.Values);
                using var x = new GuardedBuffer(c.X);
                using var y = new GuardedBuffer(outputs);
                DenseMV.Multiply(weights.Span, c.Bias, x.Span, y.Span, 0);
                Floats.AssertSameBits(expected, y.Span);

                int first = outputs / 3;
                Span<float> part = y.Span[first..];
                part.Clear();
                DenseMV.Multiply(weights.Span, c.Bias, x.Span, part, first);
                Floats.AssertSameBits(expected.AsSpan(first), part);
            }
        }
    }
}
