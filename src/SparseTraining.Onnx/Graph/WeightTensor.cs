using SparseTraining.Layers;
using SparseTraining.Onnx.Proto;
using SparseTraining.Topology;

namespace SparseTraining.Onnx.Graph;

/// <summary>
/// The weights of a layer as a constant [outputs, inputs]. A dense form of a sparse layer never exists in memory: its rows are
/// filled one after another while they are written.
/// </summary>
internal static class WeightTensor
{
    private const int BytesPerWeight = sizeof(float);
    private const int BytesPerLink = sizeof(float) + sizeof(long);

    /// <summary>Adds the constant and returns its name.</summary>
    public static string Add(GraphBuilder graph, string name, LinearLayer layer, OnnxWeightFormat format)
    {
        long positions = (long)layer.OutputSize * layer.InputSize;
        if (layer is not InferenceSparseLayer sparse)
        {
            return graph.Constant(name, Tensors.Floats(name, positions, stream => LittleEndian.Write(stream, layer.WeightValues), layer.OutputSize, layer.InputSize));
        }

        (WeightMask mask, float[] values) = sparse.ToLinks();
        return format == OnnxWeightFormat.Sparse && mask.LinkCount * (long)BytesPerLink < positions * BytesPerWeight
            ? graph.SparseConstant(name, Tensors.Sparse(
                name, mask.LinkCount, stream => LittleEndian.Write(stream, values), stream => WriteIndices(stream, mask), mask.Rows, mask.Columns))
            : graph.Constant(name, Tensors.Floats(name, positions, stream => WriteRows(stream, mask, values), mask.Rows, mask.Columns));
    }

    private static void WriteRows(Stream stream, WeightMask mask, float[] values)
    {
        var columns = new int[mask.Columns];
        var row = new float[mask.Columns];
        for (int r = 0; r < mask.Rows; r++)
        {
            int first = mask.RowPointers[r];
            int count = mask.RowLinkCount(r);
            mask.CopyColumns(r, columns);
            Array.Clear(row);
            for (int i = 0; i < count; i++)
            {
                row[columns[i]] = values[first + i];
            }

            LittleEndian.Write(stream, row);
        }
    }

    private static void WriteIndices(Stream stream, WeightMask mask)
    {
        var columns = new int[mask.Columns];
        var indices = new long[mask.Columns];
        for (int r = 0; r < mask.Rows; r++)
        {
            int count = mask.RowLinkCount(r);
            mask.CopyColumns(r, columns);
            for (int i = 0; i < count; i++)
            {
                indices[i] = (long)r * mask.Columns + columns[i];
            }

            LittleEndian.Write(stream, indices.AsSpan(0, count));
        }
    }
}
