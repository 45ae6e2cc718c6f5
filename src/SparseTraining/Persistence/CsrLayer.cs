using SparseTraining.Layers;
using SparseTraining.Topology;
using SparseTraining.Training;

namespace SparseTraining.Persistence;

/// <summary>One layer as the plain arrays that other programs use: compressed sparse rows, one row an output neuron.</summary>
/// <param name="Rows">Output neurons.</param>
/// <param name="Columns">Input neurons.</param>
/// <param name="RowPointers">[rows + 1], SciPy's indptr.</param>
/// <param name="ColumnIndices">[links], ascending within a row; SciPy's indices.</param>
/// <param name="Values">[links], SciPy's data.</param>
/// <param name="Bias">[rows].</param>
/// <param name="Parameters">[rows, parameters a neuron] of the activation; empty for most.</param>
internal sealed record CsrLayer(int Rows, int Columns, int[] RowPointers, int[] ColumnIndices, float[] Values, float[] Bias, float[] Parameters)
{
    /// <summary>Inputs that any file may have, and how many more for each byte of it: memory must stay in proportion.</summary>
    private const int FreeColumns = 1 << 16;
    private const int ColumnsPerByte = 64;

    public static CsrLayer Of(NetworkLayer layer)
    {
        LinearLayer linear = layer.Linear;
        WeightMask mask = (linear as IRewirable)?.Mask ?? WeightMask.Full(linear.OutputSize, linear.InputSize);
        var columns = new int[mask.LinkCount];
        for (int row = 0; row < mask.Rows; row++)
        {
            mask.CopyColumns(row, columns.AsSpan(mask.RowPointers[row]));
        }

        var values = new float[mask.LinkCount];
        if (linear is IRewirable rewirable)
        {
            rewirable.CopyLinkValues(values);
        }
        else
        {
            linear.WeightValues.CopyTo(values);
        }

        return new CsrLayer(
            mask.Rows, mask.Columns, mask.RowPointers.ToArray(), columns, values, linear.BiasValues.ToArray(), layer.ActivationParameters.Values);
    }

    /// <summary>Checks the arrays and makes the layer of them: dense if every position is a link, else sparse.</summary>
    /// <exception cref="InvalidDataException">The arrays are no layer.</exception>
    public LinearLayer ToLinear(string name)
    {
        long bytes = sizeof(int) * ((long)RowPointers.Length + ColumnIndices.Length);
        if (Columns > FreeColumns + (ColumnsPerByte * bytes))
        {
            throw new InvalidDataException($"{name} states {Columns} inputs, more than its {ColumnIndices.Length} links can justify.");
        }

        if (Values.Length != ColumnIndices.Length || Bias.Length != Rows || RowPointers.Length != Rows + 1L)
        {
            throw new InvalidDataException(
                $"{name} of {Rows} outputs has {RowPointers.Length} row pointers, {ColumnIndices.Length} columns, {Values.Length} values and {Bias.Length} biases.");
        }

        foreach (float[] array in new[] { Values, Bias, Parameters })
        {
            if (array.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                throw new InvalidDataException($"{name} holds NaN or infinity.");
            }
        }

        try
        {
            WeightMask mask = WeightMask.FromCsr(Rows, Columns, RowPointers, ColumnIndices);
            LinearLayer linear = mask.LinkCount == mask.PositionCount ? new DenseLinearLayer(Columns, Rows) : new SparseLinearLayer(mask);
            Values.CopyTo(linear.WeightValues);
            Bias.CopyTo(linear.BiasValues);
            return linear;
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{name}: {e.Message}", e);
        }
    }
}
