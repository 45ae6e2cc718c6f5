using SparseTraining.Topology;

namespace SparseTraining.Reports.Statistics;

/// <summary>Neurons and links of consecutive layers as an undirected graph; links lead between neighbouring layers only.</summary>
internal sealed class NeuronGraph
{
    private readonly int[] _pointers;
    private readonly int[] _neighbours;

    /// <summary>Makes the graph in O(neurons + links).</summary>
    /// <param name="layers">The masks from the input on, each with as many columns as the one before has rows.</param>
    public NeuronGraph(IReadOnlyList<WeightMask> layers)
    {
        int[] first = new int[layers.Count + 2];
        first[1] = layers[0].Columns;
        for (int l = 0; l < layers.Count; l++)
        {
            first[l + 2] = first[l + 1] + layers[l].Rows;
        }

        NeuronCount = first[^1];
        _pointers = new int[NeuronCount + 1];
        for (int l = 0; l < layers.Count; l++)
        {
            foreach (Link link in layers[l])
            {
                _pointers[first[l] + link.Column + 1]++;
                _pointers[first[l + 1] + link.Row + 1]++;
            }
        }

        for (int i = 0; i < NeuronCount; i++)
        {
            _pointers[i + 1] = checked(_pointers[i + 1] + _pointers[i]);
        }

        // Going through the layers and rows in order leaves every list of neighbours ascending.
        _neighbours = new int[_pointers[^1]];
        int[] next = _pointers[..^1];
        for (int l = 0; l < layers.Count; l++)
        {
            foreach (Link link in layers[l])
            {
                int from = first[l] + link.Column;
                int to = first[l + 1] + link.Row;
                _neighbours[next[to]++] = from;
                _neighbours[next[from]++] = to;
            }
        }
    }

    public int NeuronCount { get; }

    public int LinkCount => _neighbours.Length / 2;

    public int Degree(int neuron) => _pointers[neuron + 1] - _pointers[neuron];

    /// <summary>The neurons that a neuron is linked to, ascending.</summary>
    public ReadOnlySpan<int> Neighbours(int neuron) => _neighbours.AsSpan(_pointers[neuron].._pointers[neuron + 1]);

    public bool AreLinked(int one, int other) => Neighbours(one).BinarySearch(other) >= 0;
}
