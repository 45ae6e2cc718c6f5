using SparseTraining.Kernels;
using FourBy128 = SparseTraining.Kernels.Join<
    SparseTraining.Kernels.Join<SparseTraining.Kernels.Lane128, SparseTraining.Kernels.Lane128>,
    SparseTraining.Kernels.Join<SparseTraining.Kernels.Lane128, SparseTraining.Kernels.Lane128>>;
using TwoBy256 = SparseTraining.Kernels.Join<SparseTraining.Kernels.Lane256, SparseTraining.Kernels.Lane256>;

namespace SparseTraining.Tests.Kernels;

public class ElementwiseSumTests
{
    [Fact]
    public void Sums_are_the_same_bits_in_every_tier_and_as_documented()
    {
        for (int length = 0; length <= 256; length++)
        {
            float[] x = Floats.Random(length, length);
            float[] y = Floats.Random(length, length + 1000);
            float expected = InDocumentedOrder(x, y);
            float[] actual =
            [
                ElementwiseSum.Of(default(ProductOperation), x, y),
                ElementwiseSum.Of<ProductOperation, Lane512>(default, x, y),
                ElementwiseSum.Of<ProductOperation, TwoBy256>(default, x, y),
                ElementwiseSum.Of<ProductOperation, FourBy128>(default, x, y),
            ];
            Floats.AssertSameBits([expected, expected, expected, expected], actual);
        }
    }

    [Fact]
    public void Sum_matches_double_precision()
    {
        float[] x = Floats.Random(1001, 1);
        float[] y = Floats.Random(1001, 2);
        double exact = x.Zip(y, (a, b) => (double)a * b).Sum();
        Assert.Equal(exact, ElementwiseSum.Of(default(ProductOperation), x, y), 1e-3);
    }

    [Fact]
    public void Different_lengths_are_rejected() =>
        Assert.Throws<ArgumentException>(() => ElementwiseSum.Of(default(ProductOperation), new float[3], new float[4]));

    private static float InDocumentedOrder(float[] x, float[] y)
    {
        var partial = new float[16];
        for (int i = 0; i < x.Length; i++)
        {
            partial[i % 16] += x[i] * y[i];
        }

        for (int half = 8; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                partial[i] += partial[i + half];
            }
        }

        return partial[0];
    }

    private readonly struct ProductOperation : IBinaryOperation
    {
        public T Invoke<T>(T first, T second)
            where T : struct, ILane<T> => first * second;
    }
}
