using System.Globalization;
using System.Text;
using SparseTraining.Layers;
using SparseTraining.Training;

namespace SparseTraining;

/// <summary>What a network consists of; <see cref="ToString"/> draws a table.</summary>
public sealed class ModelSummary
{
    private static readonly string[] Headers = ["Layer", "Shape", "Links", "Density", "Parameters", "Bytes", "a link"];

    private ModelSummary(IReadOnlyList<LayerSummary> layers, string title)
    {
        Layers = layers;
        Title = title;
    }

    /// <summary>The layers from the input to the output.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>The method and its settings in a line.</summary>
    public string Title { get; }

    /// <summary>Links over all layers.</summary>
    public long LinkCount => Layers.Sum(layer => (long)layer.LinkCount);

    /// <summary>Links, biases and activation parameters over all layers.</summary>
    public long ParameterCount => Layers.Sum(layer => (long)layer.ParameterCount);

    /// <summary>Parameters that the same network would have if it were fully connected.</summary>
    public long DenseParameterCount => Layers.Sum(layer => (long)layer.InputSize * layer.OutputSize + layer.ParameterCount - layer.LinkCount);

    /// <summary>Bytes of weights, biases, the optimizer's state and indices over all layers while training, blocks of activations not included: see <see cref="WorkspaceBytes"/>.</summary>
    public long TrainingStateBytes => Layers.Sum(layer => layer.TrainingStateBytes);

    /// <summary>
    /// Bytes of the blocks of activations and gradients and of scratch memory that <c>Fit</c> allocates at its start, or
    /// <see langword="null"/> where the summary was not asked for a run. With <see cref="TrainingStateBytes"/> it is what
    /// <see cref="FitResult.TrainingStateBytes"/> will be (a rewire can add a few kilobytes of scratch memory to networks with a neuron of thousands of links).
    /// </summary>
    public long? WorkspaceBytes { get; private init; }

    /// <summary>What <see cref="WorkspaceBytes"/> is for, or empty.</summary>
    private string Run { get; init; } = "";

    /// <summary>How many times fewer parameters than the dense network.</summary>
    public double Compression => (double)DenseParameterCount / ParameterCount;

    /// <inheritdoc/>
    public override string ToString()
    {
        var rows = new List<string[]> { Headers };
        rows.AddRange(Layers.Select(layer => new[]
        {
            layer.Name,
            Text($"{layer.InputSize} → {layer.OutputSize} {layer.Activation}"),
            Text($"{layer.LinkCount:N0}"),
            Text($"{layer.Density:P2}"),
            Text($"{layer.ParameterCount:N0}"),
            Text($"{layer.TrainingStateBytes:N0}"),
            Text($"{layer.BytesPerLink:F1}"),
        }));
        rows.Add(["Total", "", Text($"{LinkCount:N0}"), "", Text($"{ParameterCount:N0}"), Text($"{TrainingStateBytes:N0}"), Text($"{(double)TrainingStateBytes / LinkCount:F1}")]);
        int[] widths = [.. Enumerable.Range(0, Headers.Length).Select(c => rows.Max(row => row[c].Length))];
        string rule = new('─', widths.Sum() + 2 * (widths.Length - 1));

        var text = new StringBuilder().AppendLine(Title).AppendLine(rule);
        for (int r = 0; r < rows.Count; r++)
        {
            if (r == 1 || r == rows.Count - 1)
            {
                text.AppendLine(rule);
            }

            for (int c = 0; c < widths.Length; c++)
            {
                string gap = c == 0 ? "" : "  ";
                text.Append(gap).Append(c < 2 ? rows[r][c].PadRight(widths[c]) : rows[r][c].PadLeft(widths[c]));
            }

            text.AppendLine();
        }

        text.AppendLine(rule);
        text.AppendLine(ParameterCount < DenseParameterCount
            ? Text($"{Compression:F1}× fewer parameters than dense ({ParameterCount:N0} of {DenseParameterCount:N0})")
            : Text($"As many parameters as a dense network ({ParameterCount:N0})"));
        if (WorkspaceBytes is long workspace)
        {
            text.AppendLine(Text($"Workspace of {Run}: {workspace:N0} bytes"));
        }

        foreach (LayerSummary layer in Layers.Where(layer => layer.Note.Length > 0))
        {
            text.AppendLine($"{layer.Name}: {layer.Note}");
        }

        return text.ToString();
    }

    internal static ModelSummary Of(Network network, SparseMlpOptions options, FitOptions? run)
    {
        int last = network.Layers.Length - 1;
        var layers = network.Layers.Select((layer, i) => new LayerSummary(
            $"{(i == last ? "output" : $"hidden {i + 1}")} ({Kind(layer.Linear, options)})",
            layer.Linear.InputSize,
            layer.Linear.OutputSize,
            layer.Activation.Name,
            layer.Linear.LinkCount,
            layer.Linear.Density,
            layer.ParameterCount,
            layer.TrainingStateBytesWith(options.Optimizer),
            Note(layer, options)));
        string evolution = options.Layers == LayerKind.Dense ? "" : $", topology {options.Evolution}";
        var title = $"SparseMlp, {options.Task}, {options.Optimizer}{evolution}, seed {options.Seed.ToString(CultureInfo.InvariantCulture)}";
        int threads = run is { MaxDegreeOfParallelism: not -1 and int asked } ? asked : Environment.ProcessorCount;
        return new ModelSummary([.. layers], title)
        {
            WorkspaceBytes = run is null ? null : network.WorkspaceBytes(run.BatchSize, threads, options.Evolution.NeedsGradient, options.GradientClipping),
            Run = run is null ? "" : Text($"batches of {run.BatchSize} on {threads} threads"),
        };
    }

    private static string Kind(LinearLayer layer, SparseMlpOptions options) => layer switch
    {
        SparseLinearLayer => "sparse",
        MaskedLinearLayer => options.Layers == LayerKind.Sparse ? "sparse, stored dense" : "masked",
        _ => "dense",
    };

    private static string Note(NetworkLayer layer, SparseMlpOptions options) => (layer, options.Layers) switch
    {
        ({ IsClamped: true, Linear.Density: < 1 }, _) => "more links were asked for than there are positions; drawn with replacement, they fall on so many.",
        ({ IsClamped: true }, _) => "more links were asked for than there are positions, so the layer is fully connected.",
        ({ Linear: MaskedLinearLayer }, LayerKind.Sparse) =>
            Text($"so many positions are links that dense weights under a mask take less time; measured from a density of {DenseCrossover.Density:P0} on."),
        _ => "",
    };

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
