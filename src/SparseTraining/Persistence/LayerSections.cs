using SparseTraining.Activations;
using SparseTraining.Layers;
using SparseTraining.Topology;
using SparseTraining.Training;

namespace SparseTraining.Persistence;

/// <summary>One layer of a model file: LAYR with what it is, its links if it has a mask, then BIAS, PARM and WGHT.</summary>
internal static class LayerSections
{
    private const byte Dense = 0;
    private const byte Sparse = 1;
    private const byte Masked = 2;

    public static IEnumerable<ReadOnlyMemory<byte>> Write(SectionWriter writer, NetworkLayer layer, WeightPrecision precision)
    {
        LinearLayer linear = layer.Linear;
        WeightMask? mask = (linear as IRewirable)?.Mask;
        writer.Begin("LAYR");
        writer.Byte(linear switch { SparseLinearLayer => Sparse, MaskedLinearLayer => Masked, _ => Dense });
        writer.Varint(linear.InputSize);
        writer.Varint(linear.OutputSize);
        writer.Varint(linear.LinkCount);
        writer.Text(ActivationText.Of(layer.Activation));
        writer.Varint(layer.Activation.ParametersPerNeuron);
        writer.Single(layer.DropoutRate);
        writer.Flag(layer.Evolves);
        writer.Flag(layer.IsClamped);
        writer.Byte((byte)precision);
        yield return writer.End();

        IEnumerable<ReadOnlyMemory<byte>> arrays = mask is null ? [] : MaskSections.Write(writer, mask);
        arrays = arrays
            .Concat(ArrayBlocks.Write(writer, "BIAS", linear.OutputSize, (w, first, count) => ArrayBlocks.WriteSingles(w, linear.BiasValues.Slice(first, count))))
            .Concat(ArrayBlocks.Write(writer, "PARM", layer.ActivationParameters.Values.Length, (w, first, count) =>
                ArrayBlocks.WriteSingles(w, layer.ActivationParameters.Values.AsSpan(first, count))))
            .Concat(ArrayBlocks.Write(writer, "WGHT", linear.WeightValues.Length, (w, first, count) => WeightCoding.Write(w, linear.WeightValues.Slice(first, count), precision)));
        foreach (ReadOnlyMemory<byte> section in arrays)
        {
            yield return section;
        }
    }

    /// <summary>Reads layer <paramref name="index"/> of so many, which must have the given number of inputs.</summary>
    public static IEnumerable<string> Read(SectionReader reader, int index, int layers, int inputs, ModelParts parts, Action<NetworkLayer> done)
    {
        yield return "LAYR";
        byte kind = reader.Byte();
        if (kind > Masked)
        {
            throw reader.Damaged($"layer {index + 1} is of kind {kind}; 0 to 2 are known");
        }

        int statedInputs = reader.Int32(int.MaxValue, "a number of inputs");
        int outputs = reader.Int32(Array.MaxLength - 1, "a number of outputs");
        if (statedInputs != inputs || outputs == 0)
        {
            throw reader.Damaged($"layer {index + 1} has {statedInputs} inputs and {outputs} outputs; {inputs} and at least 1 are needed");
        }

        long positions = (long)inputs * outputs;
        int links = reader.Int32((int)Math.Min(positions, Array.MaxLength), "a number of links");
        if (kind == Dense && links != positions)
        {
            throw reader.Damaged($"a dense layer of {inputs} × {outputs} has {links} weights");
        }

        if (kind == Masked && positions > Array.MaxLength)
        {
            throw reader.Damaged($"a masked layer of {inputs} × {outputs} has more positions than an array can hold");
        }

        Activation activation = parts.Activation(reader, index, index == layers - 1, reader.Text("an activation"));
        int parameterCount = reader.Int32(64, "a number of activation parameters");
        float dropout = reader.Single();
        bool evolves = reader.Flag();
        bool clamped = reader.Flag();
        var precision = (WeightPrecision)reader.Byte();
        if (parameterCount != activation.ParametersPerNeuron || !(dropout is >= 0 and < 1) || !Enum.IsDefined(precision)
            || (long)parameterCount * outputs > Array.MaxLength || (evolves && kind == Dense))
        {
            throw reader.Damaged($"layer {index + 1} states {parameterCount} parameters for {activation.Name}, dropout {dropout}, precision {precision}, evolving {evolves}");
        }

        WeightMask? mask = null;
        float[] biases = [];
        float[] parameters = [];
        float[] weights = [];
        IEnumerable<string> arrays = kind == Dense ? [] : MaskSections.Read(reader, outputs, inputs, links, m => mask = m);
        arrays = arrays
            .Concat(Values("BIAS", outputs, WeightPrecision.Float32, a => biases = a))
            .Concat(Values("PARM", parameterCount * outputs, WeightPrecision.Float32, a => parameters = a))
            .Concat(Values("WGHT", kind == Masked ? (int)positions : links, precision, a => weights = a));
        foreach (string tag in arrays)
        {
            yield return tag;
        }

        float[] linkValues = kind == Masked ? AtLinks(reader, mask!, weights) : weights;
        LinearLayer linear = kind switch
        {
            Dense => new DenseLinearLayer(inputs, outputs),
            _ when !parts.ForTraining => new InferenceSparseLayer(mask!, linkValues),
            Sparse => new SparseLinearLayer(mask!),
            _ => new MaskedLinearLayer(mask!),
        };
        if (linear is not InferenceSparseLayer)
        {
            weights.CopyTo(linear.WeightValues);
        }

        biases.CopyTo(linear.BiasValues);
        var layer = new NetworkLayer(linear, activation, dropout, parts.Initializer(activation), evolves, clamped);
        parameters.CopyTo(layer.ActivationParameters.Values, 0);
        done(layer);

        IEnumerable<string> Values(string tag, int length, WeightPrecision coding, Action<float[]> take) =>
            ArrayBlocks.Read<float>(reader, tag, length, (section, first, destination) =>
            {
                WeightCoding.Read(section, destination, coding);
                int wrong = destination.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
                if (wrong >= 0)
                {
                    throw section.Damaged($"value {first + wrong} is {destination[wrong]}; it must be finite");
                }
            }, take);
    }

    /// <summary>The links' values of a masked layer, which stores all positions and 0 where there is no link.</summary>
    private static float[] AtLinks(SectionReader reader, WeightMask mask, float[] weights)
    {
        var values = new float[mask.LinkCount];
        int i = 0;
        foreach (Link link in mask)
        {
            values[i++] = weights[(link.Row * mask.Columns) + link.Column];
        }

        return weights.AsSpan().Count(0f) - values.AsSpan().Count(0f) == mask.PositionCount - mask.LinkCount
            ? values
            : throw reader.Damaged("a position that is no link has a weight");
    }
}
