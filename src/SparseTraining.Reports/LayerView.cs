using SparseTraining.Layers;
using SparseTraining.Topology;

namespace SparseTraining.Reports;

/// <summary>A layer's links and their weights, however the layer stores them.</summary>
internal sealed class LayerView
{
    public LayerView(LinearLayer layer, string name)
    {
        Name = name;
        InputSize = layer.InputSize;
        OutputSize = layer.OutputSize;
        LinkCount = layer.LinkCount;
        if (layer is IRewirable rewirable)
        {
            Mask = rewirable.Mask;
            Values = new float[Mask.LinkCount];
            rewirable.CopyLinkValues(Values);
        }
        else
        {
            Values = layer.WeightValues.ToArray();
        }
    }

    public string Name { get; }

    public int InputSize { get; }

    public int OutputSize { get; }

    public int LinkCount { get; }

    /// <summary>The links, or <see langword="null"/> where every position is one.</summary>
    public WeightMask? Mask { get; }

    /// <summary>The links' weights, by row.</summary>
    public float[] Values { get; }

    public double Density => (double)LinkCount / InputSize / OutputSize;

    public long PositionCount => (long)InputSize * OutputSize;

    /// <summary>All layers of a model, the last one named as output.</summary>
    public static LayerView[] AllOf(SparseMlp model)
    {
        IReadOnlyList<LinearLayer> layers = model.Layers;
        return [.. layers.Select((layer, i) => new LayerView(layer, i == layers.Count - 1 ? "output" : $"hidden {i + 1}"))];
    }

    /// <summary>The sum over each input neuron's links out of the magnitude of their weights (Atashgahi et al. 2022).</summary>
    public double[] InputStrength()
    {
        var strength = new double[InputSize];
        for (int i = 0; i < Values.Length; i++)
        {
            int column = Mask is null ? i % InputSize : Mask.ColumnOf(i);
            strength[column] += Math.Abs(Values[i]);
        }

        return strength;
    }
}
