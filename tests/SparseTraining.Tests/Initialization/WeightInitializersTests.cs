using SparseTraining.Initialization;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Initialization;

public class WeightInitializersTests
{
    private const int Draws = 200_000;

    private static readonly FanCounts Fan = new(LinksIn: 30, LinksOut: 12.5, Inputs: 700, Outputs: 300);

    public static TheoryData<string, WeightInitializer, double> Variances => new()
    {
        { "He uniform", WeightInitializers.HeUniform(), 2 / 30.0 },
        { "He normal", WeightInitializers.HeNormal(), 2 / 30.0 },
        { "Glorot uniform", WeightInitializers.GlorotUniform(), 2 / 42.5 },
        { "Glorot normal", WeightInitializers.GlorotNormal(), 2 / 42.5 },
        { "He uniform on dense fans", WeightInitializers.HeUniform(denseFanIn: true), 2 / 700.0 },
        { "He normal on dense fans", WeightInitializers.HeNormal(denseFanIn: true), 2 / 700.0 },
        { "Glorot uniform on dense fans", WeightInitializers.GlorotUniform(denseFanIn: true), 2 / 1000.0 },
        { "Glorot normal on dense fans", WeightInitializers.GlorotNormal(denseFanIn: true), 2 / 1000.0 },
        { "normal 0.1", WeightInitializers.Normal(), 0.01 },
        { "normal 2.5", WeightInitializers.Normal(2.5), 6.25 },
        { "uniform 0.6", WeightInitializers.Uniform(0.6), 0.12 },
    };

    [Theory]
    [MemberData(nameof(Variances), DisableDiscoveryEnumeration = true)]
    public void Weights_have_mean_0_and_the_variance_of_the_formula(
        string name, WeightInitializer initializer, double variance)
    {
        double[] weights = [.. DrawMany(initializer, Fan).Select(weight => (double)weight)];
        Assert.InRange(weights.Average() / Math.Sqrt(variance / Draws), -4, 4);
        Assert.InRange(weights.Average(weight => weight * weight) / variance, 0.985, 1.015); // over 4 standard errors
        Assert.Equal(name, initializer.ToString());
    }

    [Fact]
    public void Uniform_weights_reach_their_limit_and_never_pass_it()
    {
        float limit = (float)Math.Sqrt(6 / 30.0);
        float[] weights = DrawMany(WeightInitializers.HeUniform(), Fan);
        Assert.InRange(weights.Max(), limit * 0.9999f, limit);
        Assert.InRange(weights.Min(), -limit, limit * -0.9999f);
        Assert.DoesNotContain(0f, weights);
    }

    [Fact]
    public void Neuron_without_links_counts_as_one_with_one_link()
    {
        var none = new FanCounts(LinksIn: 0, LinksOut: 0, Inputs: 5, Outputs: 5);
        var one = new FanCounts(LinksIn: 1, LinksOut: 1, Inputs: 5, Outputs: 5);
        WeightInitializer[] initializers = [WeightInitializers.HeUniform(), WeightInitializers.GlorotNormal()];
        foreach (WeightInitializer initializer in initializers)
        {
            Assert.Equal(DrawMany(initializer, one), DrawMany(initializer, none));
        }
    }

    [Fact]
    public void Zero_draws_nothing()
    {
        var random = new RandomGenerator(1);
        Assert.Equal(0, WeightInitializers.Zero.Draw(Fan, random));
        Assert.Equal(new RandomGenerator(1).NextUInt64(), random.NextUInt64());
        Assert.Equal("zero", WeightInitializers.Zero.ToString());
    }

    [Fact]
    public void Uniform_weights_for_a_seed_do_not_change_between_platforms_or_versions()
    {
        var random = new RandomGenerator(1);
        WeightInitializer initializer = WeightInitializers.GlorotUniform();
        uint[] bits =
        [
            .. Enumerable.Range(0, 4).Select(_ => BitConverter.SingleToUInt32Bits(initializer.Draw(Fan, random))),
        ];
        Assert.Equal([0x3e1c2635, 0x3c7b9df6, 0x3d641943, 0xbda73f09], bits);
    }

    [Fact]
    public void Fan_counts_come_from_the_mask()
    {
        var mask = WeightMask.FromLinks(3, 4, [new(0, 0), new(0, 3), new(2, 1)]);
        Assert.Equal(new FanCounts(LinksIn: 2, LinksOut: 0.75, Inputs: 4, Outputs: 3), FanCounts.Of(mask, 0));
        Assert.Equal(0, FanCounts.Of(mask, 1).LinksIn);
        Assert.Throws<ArgumentOutOfRangeException>(() => FanCounts.Of(mask, 3));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e39)]
    public void Scales_must_be_above_0_and_finite(double scale)
    {
        var normal = Assert.Throws<ArgumentOutOfRangeException>(
            "standardDeviation", () => WeightInitializers.Normal(scale));
        Assert.Contains("above 0", normal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("limit", () => WeightInitializers.Uniform(scale));
    }

    private static float[] DrawMany(WeightInitializer initializer, FanCounts fan)
    {
        var random = new RandomGenerator(21);
        return [.. Enumerable.Range(0, Draws).Select(_ => initializer.Draw(fan, random))];
    }
}
