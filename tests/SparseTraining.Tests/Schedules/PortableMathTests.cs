using CsCheck;
using SparseTraining.Schedules;

namespace SparseTraining.Tests.Schedules;

public class PortableMathTests
{
    [Fact]
    public void Cosine_agrees_with_the_platform() => Gen.Double[-3, 3].Sample(turns =>
        Assert.Equal(Math.Cos(2 * Math.PI * turns), PortableMath.CosineOfTurns(turns), 1e-14));

    [Theory]
    [InlineData(0.01, 0.9980267284282716)]
    [InlineData(0.0625, 0.9238795325112867)]
    [InlineData(0.1, 0.8090169943749475)]
    [InlineData(0.12, 0.7289686274214116)]
    [InlineData(0.125, 0.7071067811865476)]
    [InlineData(0.2, 0.30901699437494734)]
    [InlineData(0.24, 0.06279051952931343)]
    [InlineData(0.3, -0.30901699437494734)]
    [InlineData(0.45, -0.9510565162951536)]
    public void Cosine_is_right_to_the_last_bits(double turns, double expected) =>
        Assert.Equal(expected, PortableMath.CosineOfTurns(turns), 1.2e-16);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 0)]
    [InlineData(0.5, -1)]
    [InlineData(0.75, 0)]
    [InlineData(1, 1)]
    [InlineData(-2.5, -1)]
    public void Cosine_is_exact_at_quarter_turns(double turns, double expected) =>
        Assert.Equal(expected, PortableMath.CosineOfTurns(turns));

    [Fact]
    public void Power_agrees_with_the_platform() =>
        Gen.Select(Gen.Double[0.5, 1.1], Gen.Int[0, 1000]).Sample((value, exponent) =>
        {
            double expected = Math.Pow(value, exponent);
            Assert.Equal(expected, PortableMath.Power(value, exponent), expected * 1e-12);
        });
}
