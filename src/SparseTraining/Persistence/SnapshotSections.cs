using SparseTraining.Layers;
using SparseTraining.Topology;
using SparseTraining.Training;

namespace SparseTraining.Persistence;

/// <summary>A snapshot of a network: SNAP with all shapes, then the links of every mask, then every array with its state.</summary>
internal static class SnapshotSections
{
    private const int MostArrays = 1 << 18;

    public static IEnumerable<ReadOnlyMemory<byte>> Write(SectionWriter writer, NetworkSnapshot snapshot)
    {
        writer.Begin("SNAP");
        writer.Varint(snapshot.Masks.Length);
        foreach (WeightMask? mask in snapshot.Masks)
        {
            writer.Varint(mask?.Rows ?? 0);
            writer.Varint(mask?.Columns ?? 0);
            writer.Varint(mask?.LinkCount ?? 0);
        }

        writer.Varint(snapshot.Parameters.Length);
        foreach (ParameterArray array in snapshot.Parameters)
        {
            writer.Varint(array.Values.Length);
            writer.Flag(array.FirstState.Length > 0);
            writer.Flag(array.SecondState.Length > 0);
        }

        yield return writer.End();
        IEnumerable<ReadOnlyMemory<byte>> rest = snapshot.Masks.OfType<WeightMask>().SelectMany(mask => MaskSections.Write(writer, mask))
            .Concat(snapshot.Parameters.SelectMany(array => new[] { array.Values, array.FirstState, array.SecondState }).SelectMany(Values));
        foreach (ReadOnlyMemory<byte> section in rest)
        {
            yield return section;
        }

        IEnumerable<ReadOnlyMemory<byte>> Values(float[] values) =>
            ArrayBlocks.Write(writer, "VALU", values.Length, (w, first, count) => ArrayBlocks.WriteSingles(w, values.AsSpan(first, count)));
    }

    public static IEnumerable<string> Read(SectionReader reader, Action<NetworkSnapshot> done)
    {
        yield return "SNAP";
        var shapes = new (int Rows, int Columns, int Links)[reader.Int32(Math.Min(MostArrays, reader.Remaining / 3), "a number of masks")];
        foreach (ref (int Rows, int Columns, int Links) shape in shapes.AsSpan())
        {
            shape.Rows = reader.Int32(Array.MaxLength - 1, "a number of rows");
            shape.Columns = reader.Int32(Array.MaxLength - 1, "a number of columns");
            shape.Links = reader.Int32((int)Math.Min((long)shape.Rows * shape.Columns, Array.MaxLength), "a number of links");
            if (shape.Rows == 0 != (shape.Columns == 0))
            {
                throw reader.Damaged($"a mask of {shape.Rows} × {shape.Columns} is neither there nor missing");
            }
        }

        var sizes = new (int Length, bool First, bool Second)[reader.Int32(Math.Min(MostArrays, reader.Remaining / 3), "a number of arrays")];
        foreach (ref (int Length, bool First, bool Second) size in sizes.AsSpan())
        {
            size = (reader.Int32(Array.MaxLength, "a length"), reader.Flag(), reader.Flag());
        }

        var masks = new WeightMask?[shapes.Length];
        for (int i = 0; i < masks.Length; i++)
        {
            (int rows, int columns, int links) = shapes[i];
            int index = i;
            foreach (string tag in rows == 0 ? [] : MaskSections.Read(reader, rows, columns, links, mask => masks[index] = mask))
            {
                yield return tag;
            }
        }

        var parameters = new ParameterArray[sizes.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            float[] values = [];
            float[] first = [];
            float[] second = [];
            IEnumerable<string> arrays = Values(sizes[i].Length, a => values = a)
                .Concat(Values(sizes[i].First ? sizes[i].Length : 0, a => first = a))
                .Concat(Values(sizes[i].Second ? sizes[i].Length : 0, a => second = a));
            foreach (string tag in arrays)
            {
                yield return tag;
            }

            parameters[i] = new ParameterArray(values, first, second);
        }

        done(new NetworkSnapshot(masks, parameters));

        IEnumerable<string> Values(int length, Action<float[]> take) =>
            ArrayBlocks.Read<float>(reader, "VALU", length, (r, _, destination) => ArrayBlocks.ReadSingles(r, destination), take);
    }
}
