using SparseTraining.Evolution;
using SparseTraining.Training;

namespace SparseTraining.Reports.Tests;

public sealed class TopologyReportTests
{
    private static readonly TopologyReportOptions Quick = new() { PowerLawResamples = 5, PathSamples = 2000, PathSources = 20, RandomNetworks = 1 };

    [Fact]
    public void A_trained_model_shows_every_part()
    {
        var history = new TopologyHistory();
        SparseMlp model = Runs.Digits();
        Runs.Fit(model, history: history);
        var report = new TopologyReport(model, Quick with { ImageWidth = 8, History = history });
        string[] titles = [.. report.Figures.Select(figure => figure.Title)];
        Assert.Equal(
            [
                "Links out of input", "Links into hidden 1", "Links out of hidden 1", "Links into hidden 2", "Strength of the input pixels",
                "Weights into hidden 1", "Weights into hidden 2", "Weights into output", "Positions that have ever been links", "Links that are new after a rewire",
            ],
            titles);
        Assert.InRange(report.SmallWorld!.Index, 0.5, 3);
        string html = report.ToPage().ToHtml();
        Assert.Contains("Neurons without use", html, StringComparison.Ordinal);
        Assert.Contains("Dense FLOPs", html, StringComparison.Ordinal);

        // 384 + 240 sparse links and 400 of the dense output.
        Assert.Contains("<td class=\"n\">1,024</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"n\">13,280</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_image_the_strongest_inputs_are_named()
    {
        SparseMlp model = Runs.Digits();
        string[] names = [.. Enumerable.Range(0, 64).Select(i => $"gene {i}")];
        var report = new TopologyReport(model, Quick with { InputNames = names });
        Figure bars = report.Figures.Single(figure => figure.Title == "The 20 strongest inputs");
        Assert.Contains("gene ", bars.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dense_model_has_no_topology_but_a_report()
    {
        var model = new SparseMlp(6, [5], 3, new SparseMlpOptions { Layers = LayerKind.Dense });
        var report = new TopologyReport(model, Quick);
        Assert.Null(report.SmallWorld);
        Assert.Contains("All layers are fully connected", report.ToPage().ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_with_too_few_links_for_a_small_world_has_dashes()
    {
        var model = new SparseMlp(12, [20, 10], 3, new SparseMlpOptions { Epsilon = 0.1 });
        string html = new TopologyReport(model, Quick).ToPage().ToHtml();
        Assert.Contains("Clustering C</td>", html, StringComparison.Ordinal);
        Assert.Contains("σ is the first ratio over the second: –; ", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Same_model_and_seed_give_the_same_page()
    {
        SparseMlp model = Runs.Digits(EvolutionInterval.Never);
        Assert.Equal(new TopologyReport(model, Quick).ToPage().ToHtml(), new TopologyReport(model, Quick).ToPage().ToHtml());
    }

    [Fact]
    public void Input_strength_adds_up_magnitudes()
    {
        SparseMlp model = Runs.Digits();
        LayerView first = LayerView.AllOf(model)[0];
        double[] strength = first.InputStrength();
        Assert.Equal(first.Values.Sum(value => Math.Abs((double)value)), strength.Sum(), 1e-9);
        int link = 0;
        double ofInput9 = first.Mask!.Sum(position => position.Column == 9 ? Math.Abs(first.Values[link++]) : 0 * link++);
        Assert.Equal(ofInput9, strength[9], 1e-6);
    }

    [Fact]
    public void Options_that_do_not_fit_are_named()
    {
        SparseMlp model = Runs.Digits();
        Assert.Contains("64 inputs are no image of 7 pixels", Assert.Throws<ArgumentException>(() => new TopologyReport(model, Quick with { ImageWidth = 7 })).Message, StringComparison.Ordinal);
        Assert.Contains("1 names for 64 inputs", Assert.Throws<ArgumentException>(() => new TopologyReport(model, Quick with { InputNames = ["a"] })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Quick with { RandomNetworks = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Quick with { PowerLawResamples = -1 });
    }
}
