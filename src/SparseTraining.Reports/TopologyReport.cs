using System.Globalization;
using SparseTraining.Reports.Drawing;
using SparseTraining.Reports.Statistics;
using SparseTraining.Topology;
using SparseTraining.Training;

namespace SparseTraining.Reports;

/// <summary>
/// What a network's topology looks like: links and cost against dense, degree distributions with power-law fits, clustering
/// and path length against random networks, strength of the inputs, weights, neurons without use, and, where a
/// <see cref="TopologyHistory"/> watched the run, churn and the share of positions ever active.
/// </summary>
public sealed class TopologyReport : Report
{
    private const int WeightBins = 60;
    private const int StrongestInputs = 20;
    private readonly TopologyReportOptions _options;
    private readonly LayerView[] _layers;
    private readonly string[] _sides;

    /// <summary>Makes the report of a model as it is now.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What else to show, or <see langword="null"/> for the defaults.</param>
    /// <param name="title">What stands on top.</param>
    /// <param name="subtitle">A line below it, or empty.</param>
    /// <exception cref="ArgumentException">The image or the names do not fit the model's inputs.</exception>
    public TopologyReport(SparseMlp model, TopologyReportOptions? options = null, string title = "Topology", string subtitle = "")
        : base(title, subtitle)
    {
        ArgumentNullException.ThrowIfNull(model);
        _options = options ?? new TopologyReportOptions();
        ThrowIfUnfit(model.InputSize, _options);
        _layers = LayerView.AllOf(model);
        _sides = ["input", .. _layers.Select(layer => layer.Name)];
        SmallWorld = MeasureSmallWorld();
        AddFacts(model);
        AddCost();
        AddDegrees();
        AddSmallWorld();
        AddInputs();
        AddWeights();
        AddUse();
        AddHistory();
    }

    /// <summary>Clustering and path length of the sparse layers, or <see langword="null"/> where there is none with links.</summary>
    public SmallWorld? SmallWorld { get; }

    private static void ThrowIfUnfit(int inputs, TopologyReportOptions options)
    {
        if (options.ImageWidth > 0 && inputs % options.ImageWidth != 0)
        {
            throw new ArgumentException($"{inputs} inputs are no image of {options.ImageWidth} pixels a row.", nameof(TopologyReportOptions.ImageWidth));
        }

        if (options.InputNames.Count > 0 && options.InputNames.Count != inputs)
        {
            throw new ArgumentException($"There are {options.InputNames.Count} names for {inputs} inputs.", nameof(TopologyReportOptions.InputNames));
        }
    }

    private SmallWorld? MeasureSmallWorld()
    {
        WeightMask[] masks = LongestSparseRun();
        return masks.Any(mask => mask.LinkCount > 0)
            ? SmallWorld.Of(masks, _options.Seed, _options.PathSamples, _options.PathSources, _options.RandomNetworks)
            : null;
    }

    /// <summary>The consecutive sparse layers with the most links.</summary>
    private WeightMask[] LongestSparseRun()
    {
        WeightMask[] best = [];
        var run = new List<WeightMask>();
        foreach (LayerView layer in _layers)
        {
            if (layer.Mask is null)
            {
                run.Clear();
                continue;
            }

            run.Add(layer.Mask);
            best = run.Sum(mask => (long)mask.LinkCount) > best.Sum(mask => (long)mask.LinkCount) ? [.. run] : best;
        }

        return best;
    }

    private void AddFacts(SparseMlp model)
    {
        ModelSummary summary = model.Summary();
        long links = _layers.Sum(layer => (long)layer.LinkCount);
        long positions = _layers.Sum(layer => layer.PositionCount);
        var facts = new List<(string, string)>
        {
            ("Links", Text($"{links:N0}")),
            ("Density", Percent((double)links / positions)),
            ("Fewer parameters than dense", Text($"{summary.Compression:F1}×")),
        };
        if (SmallWorld is { } world && double.IsFinite(world.Index))
        {
            facts.Add(("Small-world index σ", Text($"{world.Index:F2}")));
        }

        if (_options.History is { Rewires.Count: > 0 } history)
        {
            facts.Add(("Positions ever active", NumberText.Value(history.Rewires[^1].EverActive, isPercent: true)));
        }

        Add(page => page.Facts(facts).Paragraph(summary.Title + "."));
    }

    private void AddCost()
    {
        long first = _layers[0].LinkCount;
        long links = _layers.Sum(layer => (long)layer.LinkCount);
        long positions = _layers.Sum(layer => layer.PositionCount);
        string[][] rows =
        [
            .. _layers.Select(layer => new[]
            {
                layer.Name,
                Text($"{layer.InputSize} × {layer.OutputSize}"),
                Text($"{layer.LinkCount:N0}"),
                Percent(layer.Density),
                Text($"{2L * layer.LinkCount:N0}"),
                Text($"{2 * layer.PositionCount:N0}"),
            }),
            ["all", "", Text($"{links:N0}"), Percent((double)links / positions), Text($"{2 * links:N0}"), Text($"{2 * positions:N0}")],
        ];
        double training = (3.0 * positions - _layers[0].PositionCount) / (3.0 * links - first);
        AddHeading("Links and operations");
        Add(page => page
            .Table(["Layer", "Inputs × outputs", "Links", "Density", "FLOPs per sample", "Dense FLOPs"], rows)
            .Paragraph(Text($"A multiply-add counts as two operations (FLOPs), biases and activations not at all. A prediction takes {(double)positions / links:F1} times fewer than a dense network's; a training step, which also computes the gradients of weights and of all layers' inputs but the first, {training:F1} times fewer.")));
    }

    private void AddDegrees()
    {
        var rows = new List<string[]>();
        var rowsOfFigures = new List<Figure[]>();
        for (int l = 0; l < _layers.Length; l++)
        {
            if (_layers[l].Mask is not { LinkCount: > 0 } mask)
            {
                continue;
            }

            var statistics = new TopologyStatistics(mask);
            rowsOfFigures.Add(
            [
                Degrees($"Links out of {_sides[l]}", statistics.OutLinks, mask.Rows, mask.Density, statistics.Inputs, rows),
                Degrees($"Links into {_sides[l + 1]}", statistics.InLinks, mask.Columns, mask.Density, statistics.Outputs, rows),
            ]);
        }

        if (rowsOfFigures.Count == 0)
        {
            Add(page => page.Paragraph("All layers are fully connected: there is no topology to look at."));
            return;
        }

        AddHeading("Degrees");
        Add(page => page
            .Paragraph("The share of neurons that have at least k links, both axes logarithmic. A power law is a straight line there; the dashed curve is what a random network of the same density has."));
        rowsOfFigures.ForEach(AddRow);
        Add(page => page
            .Table(["Neurons", "Least", "Mean", "Most", "α", "from k", "in tail", "KS distance", "p", "Power law"], rows)
            .Paragraph(Text($"A discrete power law P(k) ∝ k⁻ᵅ is fitted from the k on where it fits best (Clauset, Shalizi and Newman 2009; α with its standard error). p is the share of {_options.PowerLawResamples} sets drawn from the fitted law that lie farther off than the data; below 0.1 the law is ruled out. A steep α over a short tail is what the end of any bell-shaped distribution looks like.")));
    }

    private Figure Degrees(string title, ReadOnlySpan<int> degrees, int most, double density, DegreeSummary summary, List<string[]> rows)
    {
        PowerLawFit? fit = PowerLawFit.Fit(degrees, _options.PowerLawResamples, _options.Seed);
        rows.Add(
        [
            title,
            Text($"{summary.Min}"),
            Text($"{summary.Mean:F1}"),
            Text($"{summary.Max}"),
            fit is null ? "–" : Text($"{fit.Exponent:F2} ± {fit.StandardError:F2}"),
            fit is null ? "–" : Text($"{fit.Minimum}"),
            fit is null ? "–" : Text($"{fit.TailCount}"),
            fit is null ? "–" : Text($"{fit.Distance:F3}"),
            fit is null || double.IsNaN(fit.PValue) ? "–" : Text($"{fit.PValue:F2}"),
            fit is null || double.IsNaN(fit.PValue) ? "not tested" : fit.PValue >= PowerLawFit.PlausibleFrom ? "not ruled out" : "ruled out",
        ]);
        return DegreeFigure.Make(title, degrees, most, density, fit);
    }

    private void AddSmallWorld()
    {
        if (SmallWorld is not { } world)
        {
            return;
        }

        string[][] rows =
        [
            ["Clustering C", Number(world.Clustering, "F4"), Number(world.RandomClustering, "F4"), Ratio(world.Clustering, world.RandomClustering)],
            ["Path length L", Number(world.PathLength, "F3"), Number(world.RandomPathLength, "F3"), Ratio(world.PathLength, world.RandomPathLength)],
        ];
        string sampled = world.IsSampled ? Text($" Estimated from {_options.PathSamples:N0} paths and searches from {_options.PathSources} neurons.") : "";
        AddHeading("Small world");
        Add(page => page
            .Table(["", "this network", "random network", "ratio"], rows)
            .Paragraph(Text($"The sparse layers as one undirected graph, against {_options.RandomNetworks} random networks with the same layers and as many links in each. C is the share of paths of three links whose ends are linked too, for a layered network has no triangles; L is the mean number of links between two neurons; {NumberText.Value(world.ConnectedShare, isPercent: true)} of pairs are connected. σ is the first ratio over the second: {Number(world.Index, "F2")}; about 1 is random, clearly above 1 a small world.{sampled}")));
    }

    private void AddInputs()
    {
        double[] strength = _layers[0].InputStrength();
        AddHeading("Inputs");
        Add(page => page
            .Paragraph("An input's strength is the sum of the magnitudes of the weights of its links (Atashgahi et al. 2022)."));
        if (_options.ImageWidth > 0)
        {
            Add(Reports.Figures.Image("Strength of the input pixels", "strength", _options.ImageWidth, strength.Length / _options.ImageWidth, strength));
            return;
        }

        int[] strongest = [.. Enumerable.Range(0, strength.Length).OrderByDescending(i => strength[i]).Take(StrongestInputs)];
        Add(Reports.Figures.Bars(
            Text($"The {strongest.Length} strongest inputs"),
            "strength",
            [.. strongest.Select(i => _options.InputNames.Count > 0 ? _options.InputNames[i] : Text($"input {i}"))],
            new BarSeries("strength", [.. strongest.Select(i => strength[i])])));
    }

    private void AddWeights()
    {
        AddHeading("Weights");
        AddRow(
        [
            .. _layers.Where(layer => layer.LinkCount > 0).Select(layer => Reports.Figures.Histogram(
                $"Weights into {layer.Name}", "", "links", layer.Values.Select(value => (double)value), WeightBins)),
        ]);
    }

    private void AddUse()
    {
        NeuronUse[] uses = NeuronUse.Of([.. _layers.Select(layer => layer.Mask)], [_layers[0].InputSize, .. _layers.Select(layer => layer.OutputSize)]);
        IEnumerable<string[]> rows = uses.Select((use, side) => new[]
        {
            _sides[side],
            Text($"{use.Neurons:N0}"),
            side == 0 ? "–" : Text($"{use.WithoutLinksIn:N0}"),
            side == uses.Length - 1 ? "–" : Text($"{use.WithoutLinksOut:N0}"),
            Text($"{use.CutOff:N0}"),
        });
        AddHeading("Neurons without use");
        Add(page => page
            .Table(["Neurons", "Number", "no link in", "no link out", "on no path from input to output"], rows));
    }

    private void AddHistory()
    {
        if (_options.History is not { Rewires.Count: > 0 } history)
        {
            return;
        }

        AddHeading("Rewires");
        bool byEpoch = history.Rewires.Select(rewire => rewire.Epoch).Distinct().Count() == history.Rewires.Count;
        string x = byEpoch ? "epoch" : "step";
        double[] places = [.. history.Rewires.Select(rewire => byEpoch ? rewire.Epoch : (double)rewire.Step)];
        var share = new FigureAxis("share of positions") { IsPercent = true, Min = 0 };
        Add(
            Reports.Figures.Lines("Positions that have ever been links", x, share, LayerLines(history, places, layer => layer.EverActive)),
            "The in-time over-parameterization rate (Liu et al. 2021): how much of the dense network has been tried."
            + (history.Rewires[^1].Layers.Any(layer => layer.IsSampled) ? " Estimated from some of the neurons where layers are large." : ""));
        Add(
            Reports.Figures.Lines("Links that are new after a rewire", x, share with { Label = "share of links" }, LayerLines(history, places, layer => layer.Churn)),
            "Links that were pruned and grown again at once do not count.");
    }

    private IEnumerable<LineSeries> LayerLines(TopologyHistory history, double[] places, Func<LayerRewireStatistics, double> value) =>
        history.Rewires[0].Layers.Select((layer, i) => new LineSeries(
            _layers[layer.Layer].Name, places, [.. history.Rewires.Select(rewire => value(rewire.Layers[i]))]));

    private static string Percent(double share) => Text($"{100 * share:F2} %");

    private static string Ratio(double own, double random) => Number(own / random, "F2");

    /// <summary>A number, or a dash where there is none, as in a network without paths.</summary>
    private static string Number(double value, string format) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
