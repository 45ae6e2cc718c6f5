namespace SparseTraining.Persistence;

/// <summary>The names of a layer's arrays, as SciPy has them: shape, indptr, indices, data; and bias, parameters.</summary>
internal static class LayerArrays
{
    public static IEnumerable<KeyValuePair<string, PlainArray>> Of(CsrLayer layer, string prefix)
    {
        yield return new(prefix + "shape", new PlainArray("I64", [2], PlainNumbers.Shape(layer.Rows, layer.Columns)));
        yield return new(prefix + "indptr", PlainArray.Of(layer.RowPointers));
        yield return new(prefix + "indices", PlainArray.Of(layer.ColumnIndices));
        yield return new(prefix + "data", PlainArray.Of(layer.Values));
        yield return new(prefix + "bias", PlainArray.Of(layer.Bias));
        if (layer.Parameters.Length > 0)
        {
            yield return new(prefix + "parameters", PlainArray.Of(layer.Parameters) with { Shape = [layer.Rows, layer.Parameters.Length / layer.Rows] });
        }
    }

    /// <summary>Puts a layer together, of as few array types as other programs may have chosen.</summary>
    /// <exception cref="InvalidDataException">An array is missing or of a type that is not read.</exception>
    public static CsrLayer Read(IReadOnlyDictionary<string, PlainArray> arrays, string prefix)
    {
        int[] shape = Indices("shape");
        if (shape.Length != 2)
        {
            throw new InvalidDataException($"\"{prefix}shape\" has {shape.Length} numbers; it must have outputs and inputs.");
        }

        return new CsrLayer(
            shape[0], shape[1], Indices("indptr"), Indices("indices"), Singles("data"), Singles("bias"), arrays.ContainsKey(prefix + "parameters") ? Singles("parameters") : []);

        int[] Indices(string name) => PlainNumbers.ToIndices(Find(name).Bytes, Find(name).Type, $"\"{prefix}{name}\"");

        float[] Singles(string name) => PlainNumbers.ToSingles(Find(name).Bytes, Find(name).Type, $"\"{prefix}{name}\"");

        PlainArray Find(string name) => arrays.TryGetValue(prefix + name, out PlainArray? array)
            ? array
            : throw new InvalidDataException($"The array \"{prefix}{name}\" is missing.");
    }
}
