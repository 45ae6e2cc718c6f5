using SparseTraining.Kernels;

namespace SparseTraining.Tests.Kernels;

public class ElementwiseTests
{
    private const float Guard = 12345f;

    [Fact]
    public void Every_length_is_covered_exactly_in_every_tier()
    {
        for (int length = 0; length <= 256; length++)
        {
            float[] x = Floats.Random(length, length);
            float[] y = Floats.SameInEveryTier(default(SquareOperation), x);
            Assert.Equal(x.Select(v => v * v), y);
        }
    }

    [Fact]
    public void Nothing_is_written_outside_the_destination()
    {
        for (int length = 0; length <= 256; length++)
        {
            float[] first = Floats.Random(length, length);
            float[] second = Floats.Random(length, length + 1);
            var memory = new float[length + 64];
            Array.Fill(memory, Guard);
            Elementwise.Apply(default(DifferenceOperation), first, second, memory.AsSpan(32, length));
            Assert.Equal(first.Zip(second, (a, b) => a - b), memory[32..^32]);
            Assert.All([.. memory[..32], .. memory[^32..]], v => Assert.Equal(Guard, v));
        }
    }

    [Fact]
    public void In_place_gives_what_out_of_place_gives()
    {
        for (int length = 0; length <= 256; length++)
        {
            float[] first = Floats.Random(length, length);
            float[] second = Floats.Random(length, length + 1);
            var apart = new float[length];
            Elementwise.Apply(default(DifferenceOperation), first, second, apart);

            float[] intoFirst = [.. first];
            Elementwise.Apply(default(DifferenceOperation), intoFirst, second, intoFirst);
            Assert.Equal(apart, intoFirst);
            Elementwise.Apply(default(DifferenceOperation), first, second, second);
            Assert.Equal(apart, second);
        }
    }

    [Fact]
    public void A_shifted_overlap_is_rejected_and_changes_nothing()
    {
        float[] memory = Floats.Random(40, 1);
        float[] before = [.. memory];
        var error = Assert.Throws<ArgumentException>(() =>
            Elementwise.Apply(default(SquareOperation), memory.AsSpan(0, 32), memory.AsSpan(3, 32)));
        Assert.StartsWith(
            "destination overlaps source with a shift of 3; it must be the same memory or apart from it.",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal("destination", error.ParamName);
        Assert.Throws<ArgumentException>(() => Elementwise.Apply(
            default(DifferenceOperation), new float[32], memory.AsSpan(1, 32), memory.AsSpan(0, 32)));
        Assert.Equal(before, memory);
    }

    [Fact]
    public void Different_lengths_are_rejected()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            Elementwise.Apply(default(SquareOperation), new float[5], new float[4]));
        Assert.StartsWith("destination has 4 values; it needs 5, as many as source.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() =>
            Elementwise.Apply(default(DifferenceOperation), new float[4], new float[3], new float[4]));
    }

    private readonly struct SquareOperation : IUnaryOperation
    {
        public T Invoke<T>(T value)
            where T : struct, ILane<T> => value * value;
    }

    private readonly struct DifferenceOperation : IBinaryOperation
    {
        public T Invoke<T>(T first, T second)
            where T : struct, ILane<T> => first - second;
    }
}
