using SparseTraining.Optimizers;
using Known = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests.Optimizers;

public class OptimizersTests
{
    [Fact]
    public void Names_and_learning_rates_show_the_defaults()
    {
        Optimizer[] all = [Known.Sgd(), Known.Momentum(), Known.Nesterov(), Known.RmsProp(), Known.Adam(), Known.AdamW()];
        Assert.Equal(
            [
                "Sgd(0.01)", "Momentum(0.01, 0.9)", "Nesterov(0.01, 0.9)", "RmsProp(0.001, 0.9, 1E-07)",
                "Adam(0.001, 0.9, 0.999, 1E-08)", "AdamW(0.001, 0.9, 0.999, 1E-08, 0.01)",
            ],
            all.Select(o => o.Name));
        Assert.Equal(all.Select(o => o.Name), all.Select(o => o.ToString()));
        Assert.Equal([0.01, 0.01, 0.01, 0.001, 0.001, 0.001], all.Select(o => o.LearningRate));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-1, "-1")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void Every_optimizer_checks_its_learning_rate(double rate, string shown)
    {
        Func<double, Optimizer>[] all =
        [
            r => Known.Sgd(r), r => Known.Momentum(r), r => Known.Nesterov(r),
            r => Known.RmsProp(r), r => Known.Adam(r), r => Known.AdamW(r),
        ];
        Assert.All(all, make => Fails("learningRate", $"learningRate is {shown}; it must be finite and above 0.", () => make(rate)));
    }

    [Fact]
    public void Other_constants_are_checked_too()
    {
        Fails("momentum", "momentum is 1; it must be in [0, 1).", () => Known.Momentum(0.1, 1));
        Fails("momentum", "momentum is -0.1; it must be in [0, 1).", () => Known.Nesterov(0.1, -0.1));
        Fails("rho", "rho is NaN; it must be in [0, 1).", () => Known.RmsProp(rho: double.NaN));
        Fails("epsilon", "epsilon is 0; it must be finite and above 0.", () => Known.RmsProp(epsilon: 0));
        Fails("beta1", "beta1 is 1; it must be in [0, 1).", () => Known.Adam(beta1: 1));
        Fails("beta2", "beta2 is 1.5; it must be in [0, 1).", () => Known.AdamW(beta2: 1.5));
        Fails("epsilon", "epsilon is -1; it must be finite and above 0.", () => Known.Adam(epsilon: -1));
        Fails(
            "weightDecay", "weightDecay is -1; it must be finite and at least 0.",
            () => Known.AdamW(weightDecay: -1));
    }

    private static void Fails(string parameter, string message, Action action)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(parameter, action);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
