namespace SparseTraining.Benchmarks.Comparison.Mkl;

/// <summary>
/// The products of a dense layer on sample-major blocks [samples, features] with W [outputs, inputs], as PyTorch lays them
/// out. Measured against feature-major blocks, this is the faster order for sgemm in each of the three products.
/// </summary>
internal static unsafe class Gemm
{
    private const byte Plain = (byte)'N';
    private const byte Transposed = (byte)'T';

    /// <summary>Y = X Wᵀ.</summary>
    public static void Forward(float* weights, float* input, float* output, int inputs, int outputs, int samples) =>
        Run(Transposed, Plain, outputs, samples, inputs, weights, inputs, input, inputs, output, outputs);

    /// <summary>dX = dY W.</summary>
    public static void Backward(float* weights, float* outputGradient, float* inputGradient, int inputs, int outputs, int samples) =>
        Run(Plain, Plain, inputs, samples, outputs, weights, inputs, outputGradient, outputs, inputGradient, inputs);

    /// <summary>dW = dYᵀ X for the first <paramref name="rows"/> outputs from where the pointers stand.</summary>
    public static void WeightGradient(
        float* input, float* outputGradient, float* weightGradient, int inputs, int outputs, int samples, int rows) =>
        Run(Plain, Transposed, inputs, rows, samples, input, inputs, outputGradient, outputs, weightGradient, inputs);

    /// <summary>y = W x for one sample.</summary>
    public static void Vector(float* weights, float* input, float* output, int inputs, int outputs)
    {
        byte transposed = Transposed;
        float one = 1f;
        float zero = 0f;
        int step = 1;
        MklLibrary.Sgemv(&transposed, &inputs, &outputs, &one, weights, &inputs, input, &step, &zero, output, &step);
    }

    /// <summary>Y = W X on feature-major blocks, for the one dense layer of a sparse network.</summary>
    public static void ForwardFeatureMajor(float* weights, float* input, float* output, int inputs, int outputs, int samples) =>
        Run(Plain, Plain, samples, outputs, inputs, input, samples, weights, inputs, output, samples);

    /// <summary>dX = Wᵀ dY on feature-major blocks.</summary>
    public static void BackwardFeatureMajor(
        float* weights, float* outputGradient, float* inputGradient, int inputs, int outputs, int samples) =>
        Run(Plain, Transposed, samples, inputs, outputs, outputGradient, samples, weights, inputs, inputGradient, samples);

    private static void Run(
        byte transA, byte transB, int m, int n, int k, float* a, int lda, float* b, int ldb, float* c, int ldc)
    {
        float one = 1f;
        float zero = 0f;
        MklLibrary.Sgemm(&transA, &transB, &m, &n, &k, &one, a, &lda, b, &ldb, &zero, c, &ldc);
    }
}
