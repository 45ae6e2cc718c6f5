using SparseTraining.Optimizers;

namespace SparseTraining.Tests.Optimizers;

public class GradientClippingTests
{
    [Fact]
    public void By_value_limits_each_component_and_keeps_NaN()
    {
        float[] g = [-3f, -0.5f, 0f, 0.4f, 0.6f, float.PositiveInfinity, float.NegativeInfinity, float.NaN];
        GradientClipping.ByValue(0.5).Clip(g);
        Assert.Equal([-0.5f, -0.5f, 0f, 0.4f, 0.5f, 0.5f, -0.5f, float.NaN], g);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(4, 0.5)]
    [InlineData(double.NaN, double.NaN)]
    public void By_norm_scales_only_what_is_longer_than_the_limit(double norm, double scale) =>
        Assert.Equal(scale, GradientClipping.ByGlobalNorm(2).Scale(norm));

    [Fact]
    public void Kind_and_limit_can_be_read()
    {
        Assert.Equal("ByValue(0.5)", GradientClipping.ByValue(0.5).ToString());
        Assert.Equal("ByGlobalNorm(2)", GradientClipping.ByGlobalNorm(2).ToString());
        Assert.False(GradientClipping.ByValue(0.5).IsGlobalNorm);
        Assert.True(GradientClipping.ByGlobalNorm(2) is { IsGlobalNorm: true, Limit: 2 });
        Assert.Equal(GradientClipping.ByValue(1), GradientClipping.ByValue(1));
        Assert.NotEqual(GradientClipping.ByValue(1), GradientClipping.ByGlobalNorm(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void Limit_must_be_finite_and_above_zero(double limit)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(limit), () => GradientClipping.ByValue(limit));
        var error = Assert.Throws<ArgumentOutOfRangeException>(nameof(limit), () => GradientClipping.ByGlobalNorm(limit));
        Assert.Contains("it must be finite and above 0.", error.Message, StringComparison.Ordinal);
    }
}
