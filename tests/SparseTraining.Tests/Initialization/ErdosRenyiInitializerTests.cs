using CsCheck;
using SparseTraining.Initialization;
using SparseTraining.Randomness;
using SparseTraining.Tests.Topology;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Initialization;

public class ErdosRenyiInitializerTests
{
    [Fact]
    public void Exact_sampling_gives_the_rounded_number_of_links() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 200], Gen.Double[0.01, 30], Gen.ULong)
            .Sample((inputs, outputs, epsilon, seed) =>
        {
            double wish = Math.Round(epsilon * (inputs + outputs), MidpointRounding.AwayFromZero);
            var initializer = ErdosRenyiInitializer.FromEpsilon(epsilon);
            WeightMask mask = initializer.Create(inputs, outputs, new RandomGenerator(seed));
            Assert.Equal((outputs, inputs), (mask.Rows, mask.Columns));
            Assert.Equal(Math.Min(wish, inputs * outputs), mask.LinkCount);
            Assert.Equal(
                Math.Min(epsilon * (inputs + outputs) / (inputs * (double)outputs), 1),
                initializer.Density(inputs, outputs),
                12);
            Assert.Equal(epsilon * (inputs + outputs) > inputs * outputs, initializer.IsClamped(inputs, outputs));
        });

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.75)]
    public void Exact_sampling_makes_every_set_equally_likely(double density)
    {
        var initializer = ErdosRenyiInitializer.FromDensity(density);
        ChiSquare.AssertFits(
            ChiSquare.Uniform(ChiSquare.Subsets(8, (int)(density * 8))),
            Draw(initializer, inputs: 4, outputs: 2, times: 4000));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    public void Bernoulli_sampling_gives_every_position_its_own_chance(double density)
    {
        var probabilities = Enumerable.Range(0, 32).ToDictionary(
            bits => (ulong)bits,
            bits => Math.Pow(density, int.PopCount(bits)) * Math.Pow(1 - density, 5 - int.PopCount(bits)));
        ChiSquare.AssertFits(
            probabilities,
            Draw(
                ErdosRenyiInitializer.FromDensity(density, ErdosRenyiSampling.Bernoulli),
                inputs: 5,
                outputs: 1,
                times: 20_000));
    }

    [Fact]
    public void Sampling_with_replacement_merges_duplicates()
    {
        // Density 2/3 of 6 positions is 4 draws; the probabilities are those of surjections from 4.
        int[] surjections = [0, 1, 14, 36, 24];
        var probabilities = Enumerable.Range(1, 4)
            .SelectMany(k => ChiSquare.Subsets(6, k).Select(bits => (bits, surjections[k] / 1296.0)))
            .ToDictionary(pair => pair.bits, pair => pair.Item2);
        ChiSquare.AssertFits(
            probabilities,
            Draw(
                ErdosRenyiInitializer.FromDensity(2 / 3.0, ErdosRenyiSampling.WithReplacement),
                inputs: 3,
                outputs: 2,
                times: 20_000));
    }

    [Theory]
    [InlineData(171_463, 3312, 1000, 1000, 1000, 5)] // LUNG
    [InlineData(137_371, 1024, 1000, 1000, 1000, 40)] // ORL
    [InlineData(221_129, 5966, 1000, 1000, 1000, 2)] // Prostate-GE
    [InlineData(192_758, 4434, 1000, 1000, 1000, 4)] // GLIOMA
    [InlineData(124_985, 784, 1000, 1000, 1000, 10)] // Fashion-MNIST
    public void Reference_mode_has_the_parameters_that_the_thesis_counts(int expected, params int[] sizes)
    {
        var initializer = ErdosRenyiInitializer.FromEpsilon(20, ErdosRenyiSampling.WithReplacement);
        double mean = Enumerable.Range(1, 5).Average(seed => CountParameters(initializer, sizes, (ulong)seed));
        Assert.InRange(mean, expected * 0.995, expected * 1.005);
        Assert.InRange(mean, expected - 60, expected + 60); // the standard error of the mean is about 25
    }

    [Theory]
    [InlineData(128_690, 784, 1000, 1000, 1000, 10)]
    [InlineData(344_690, 784, 4000, 1000, 4000, 10)]
    public void Exact_sampling_with_a_full_output_layer_has_the_specified_parameters(
        int expected, params int[] sizes) =>
        Assert.Equal(expected, CountParameters(ErdosRenyiInitializer.FromEpsilon(20), sizes, 1));

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9999)]
    public void Bernoulli_link_counts_have_the_mean_and_spread_of_a_binomial_number(double density)
    {
        var random = new RandomGenerator(5);
        long trials = 20_000;
        double[] draws = [.. Enumerable.Range(0, 2000).Select(_ => (double)Draw())];
        double variance = trials * density * (1 - density);
        double mean = draws.Average();
        Assert.InRange(mean - (trials * density), -4 * Math.Sqrt(variance / 2000), 4 * Math.Sqrt(variance / 2000));
        double spread = draws.Average(draw => (draw - mean) * (draw - mean));
        Assert.InRange(spread / variance, 0.87, 1.13); // ± 4 standard errors

        long Draw() => BinomialDistribution.Draw(trials, density, random);
    }

    [Fact]
    public void Binomial_numbers_have_their_exact_probabilities()
    {
        // 8 trials of 0.4, from the factorial formula.
        double[] choose = [1, 8, 28, 56, 70, 56, 28, 8, 1];
        var probabilities = Enumerable.Range(0, 9)
            .ToDictionary(k => (long)k, k => choose[k] * Math.Pow(0.4, k) * Math.Pow(0.6, 8 - k));
        var random = new RandomGenerator(6);
        ChiSquare.AssertFits(
            probabilities, Enumerable.Range(0, 50_000).Select(_ => BinomialDistribution.Draw(8, 0.4, random)));
    }

    [Theory]
    [InlineData(1e-12, 3)]
    [InlineData(1 - 1e-12, 3)]
    [InlineData(1, 5)]
    [InlineData(4e-5, 1_000_000_000_000)]
    public void Extreme_binomial_numbers_stay_close_to_their_mean(double probability, long trials)
    {
        long draw = BinomialDistribution.Draw(trials, probability, new RandomGenerator(1));
        double spread = Math.Sqrt(trials * probability * (1 - probability));
        Assert.InRange(draw, (trials * probability) - 0.5 - (6 * spread), (trials * probability) + 0.5 + (6 * spread));
    }

    [Fact]
    public void Allocated_layers_and_the_initializer_give_the_same_mask()
    {
        LayerDensity density = DensityAllocation.Epsilon(2).Allocate([new(30, 20)])[0];
        foreach (ErdosRenyiSampling sampling in Enum.GetValues<ErdosRenyiSampling>())
        {
            WeightMask expected = ErdosRenyiInitializer.FromEpsilon(2, sampling).Create(30, 20, new RandomGenerator(4));
            Assert.Equal(expected, ErdosRenyiInitializer.Create(30, 20, density, sampling, new RandomGenerator(4)));
        }

        Assert.Equal(
            ErdosRenyiInitializer.FromEpsilon(2).Create(30, 20, new RandomGenerator(4)),
            ErdosRenyiInitializer.Create(30, 20, 100, new RandomGenerator(4)));
    }

    [Fact]
    public void Epsilon_that_asks_for_more_than_all_gives_a_full_layer_but_not_in_reference_mode()
    {
        var random = new RandomGenerator(2);
        foreach (ErdosRenyiSampling sampling in Enum.GetValues<ErdosRenyiSampling>())
        {
            var initializer = ErdosRenyiInitializer.FromEpsilon(20, sampling);
            Assert.True(initializer.IsClamped(1000, 10));
            Assert.Equal(1, initializer.Density(1000, 10));
            double density = initializer.Create(1000, 10, random).Density;

            // 1 − e^(−2.02) of the positions are hit by 20,200 draws.
            Assert.Equal(sampling == ErdosRenyiSampling.WithReplacement ? 0.8673 : 1, density, 0.012);
            Assert.Equal(sampling != ErdosRenyiSampling.WithReplacement, density == 1);
        }
    }

    [Fact]
    public void Positions_for_a_seed_do_not_change_between_versions()
    {
        // Files and published results name seeds only, so these numbers must stay.
        WeightMask sparse = ErdosRenyiInitializer.FromEpsilon(20).Create(784, 1000, new RandomGenerator(1));
        WeightMask dense = ErdosRenyiInitializer.FromDensity(0.7).Create(300, 100, new RandomGenerator(1));
        WeightMask binomial = ErdosRenyiInitializer.FromEpsilon(3, ErdosRenyiSampling.Bernoulli)
            .Create(784, 1000, new RandomGenerator(1));
        Assert.Equal(
            "cf0a00f7db05bb69 ca2bd1288aa3de31 e3955db2ac2878cc",
            $"{Checksum(sparse):x} {Checksum(dense):x} {Checksum(binomial):x}");
    }

    public static TheoryData<string, Action, string> BadInput => new()
    {
        { "epsilon", () => ErdosRenyiInitializer.FromEpsilon(-1), "above 0 and finite" },
        { "epsilon NaN", () => ErdosRenyiInitializer.FromEpsilon(double.NaN), "above 0 and finite" },
        { "density 0", () => ErdosRenyiInitializer.FromDensity(0), "(0, 1]" },
        { "density 1.1", () => ErdosRenyiInitializer.FromDensity(1.1), "(0, 1]" },
        {
            "sampling",
            () => ErdosRenyiInitializer.FromDensity(1, (ErdosRenyiSampling)7),
            "Exact, Bernoulli or WithReplacement"
        },
        { "inputs", () => ErdosRenyiInitializer.FromEpsilon(1).Create(0, 1, new RandomGenerator(1)), "inputs" },
        { "outputs", () => ErdosRenyiInitializer.FromEpsilon(1).Density(1, 0), "outputs" },
        { "negative links", () => ErdosRenyiInitializer.Create(2, 3, -1, new RandomGenerator(1)), "[0, 6]" },
        { "too many links", () => ErdosRenyiInitializer.Create(2, 3, 7, new RandomGenerator(1)), "[0, 6]" },
        {
            "Bernoulli without density",
            () => ErdosRenyiInitializer.Create(2, 3, default, ErdosRenyiSampling.Bernoulli, new RandomGenerator(1)),
            "(0, 1]"
        },
    };

    [Theory]
    [MemberData(nameof(BadInput), DisableDiscoveryEnumeration = true)]
    public void Bad_input_is_explained(string what, Action act, string message)
    {
        Exception error = Assert.ThrowsAny<ArgumentException>(act);
        Assert.True(error.Message.Contains(message, StringComparison.Ordinal), $"{what}: {error.Message}");
    }

    [Fact]
    public void More_draws_than_links_fit_are_refused()
    {
        var initializer = ErdosRenyiInitializer.FromEpsilon(1e12, ErdosRenyiSampling.WithReplacement);
        var error = Assert.Throws<InvalidOperationException>(() => initializer.Create(10, 10, new RandomGenerator(1)));
        Assert.Contains("20000000000000 links", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<ulong> Draw(ErdosRenyiInitializer initializer, int inputs, int outputs, int times)
    {
        var random = new RandomGenerator(17);
        return Enumerable.Range(0, times).Select(_ => ChiSquare.Bits(initializer.Create(inputs, outputs, random)));
    }

    private static int CountParameters(ErdosRenyiInitializer initializer, int[] sizes, ulong seed)
    {
        var random = new RandomGenerator(seed);
        return Enumerable.Range(1, sizes.Length - 1)
            .Sum(layer => initializer.Create(sizes[layer - 1], sizes[layer], random).LinkCount + sizes[layer]);
    }

    private static ulong Checksum(WeightMask mask) =>
        mask.Aggregate(
            0xcbf29ce484222325,
            (hash, link) => (hash ^ (uint)((link.Row * mask.Columns) + link.Column)) * 0x100000001b3);
}
