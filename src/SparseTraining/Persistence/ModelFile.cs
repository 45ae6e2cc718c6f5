using SparseTraining.Data;
using SparseTraining.Training;

namespace SparseTraining.Persistence;

/// <summary>The content of a model file, and its order of sections: docs/model-format.md.</summary>
internal sealed record ModelFile
{
    private const string Kind = "model";
    private const int MostLayers = 1 << 16;

    public required MlpTask Task { get; init; }

    public required NetworkLayer[] Layers { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Options { get; init; }

    public required IReadOnlyList<string> ClassNames { get; init; }

    public required FeatureScaler? Scaler { get; init; }

    public required long StepsTaken { get; init; }

    public required int EpochsBegun { get; init; }

    public required int Rewires { get; init; }

    public IEnumerable<ReadOnlyMemory<byte>> Sections(WeightPrecision precision)
    {
        ThrowIfNotFinite();
        var writer = new SectionWriter();
        yield return FileHead.Write(writer, Kind);

        writer.Begin("NETW");
        writer.Byte((byte)Task);
        writer.Varint(Layers.Length);
        writer.Varint(Layers[0].Linear.InputSize);
        writer.Varint(StepsTaken);
        writer.Varint(EpochsBegun);
        writer.Varint(Rewires);
        writer.Varint(ClassNames.Count);
        writer.Flag(Scaler is not null);
        yield return writer.End();

        writer.Begin("OPTS");
        TextSections.WritePairs(writer, Options);
        yield return writer.End();

        IEnumerable<ReadOnlyMemory<byte>> rest = TextSections.Write(writer, "CLAS", ClassNames)
            .Concat(Scaler is null ? [] : ScalerSections.Write(writer, Scaler))
            .Concat(Layers.SelectMany(layer => LayerSections.Write(writer, layer, precision)));
        foreach (ReadOnlyMemory<byte> section in rest)
        {
            yield return section;
        }

        yield return FileHead.WriteEnd(writer);
    }

    public static IEnumerable<string> Read(SectionReader reader, ModelParts parts, Action<ModelFile> done)
    {
        foreach (string tag in FileHead.Read(reader, Kind))
        {
            yield return tag;
        }

        yield return "NETW";
        var task = (MlpTask)reader.Byte();
        int count = reader.Int32(MostLayers, "the number of layers");
        int inputs = reader.Int32(Array.MaxLength - 1, "the number of inputs");
        long steps = reader.Varint(long.MaxValue, "the number of steps");
        int epochs = reader.Int32(int.MaxValue, "the number of epochs");
        int rewires = reader.Int32(int.MaxValue, "the number of rewires");
        int names = reader.Int32(Array.MaxLength, "the number of class names");
        bool scaled = reader.Flag();
        if (!Enum.IsDefined(task) || count == 0 || inputs == 0)
        {
            throw reader.Damaged($"task {task}, {count} layers and {inputs} inputs are no network");
        }

        yield return "OPTS";
        KeyValuePair<string, string>[] options = TextSections.ReadPairs(reader);
        parts.UseOptions(reader, options);

        string[] classNames = [];
        FeatureScaler? scaler = null;
        IEnumerable<string> front = TextSections.Read(reader, "CLAS", names, a => classNames = a)
            .Concat(scaled ? ScalerSections.Read(reader, inputs, s => scaler = s) : []);
        foreach (string tag in front)
        {
            yield return tag;
        }

        var layers = new List<NetworkLayer>();
        while (layers.Count < count)
        {
            int width = layers.Count == 0 ? inputs : layers[^1].Linear.OutputSize;
            foreach (string tag in LayerSections.Read(reader, layers.Count, count, width, parts, layers.Add))
            {
                yield return tag;
            }
        }

        int outputs = layers[^1].Linear.OutputSize;
        if ((task == MlpTask.BinaryClassification && outputs != 1) || (task == MlpTask.MulticlassClassification && outputs < 2))
        {
            throw reader.Damaged($"{task} cannot have {outputs} outputs");
        }

        if (names != 0 && names != BatchChecks.ClassCount(outputs, task))
        {
            throw reader.Damaged($"there are {names} class names for {BatchChecks.ClassCount(outputs, task)} classes");
        }

        yield return FileHead.End;
        done(new ModelFile
        {
            Task = task,
            Layers = [.. layers],
            Options = options,
            ClassNames = classNames,
            Scaler = scaler,
            StepsTaken = steps,
            EpochsBegun = epochs,
            Rewires = rewires,
        });
    }

    private void ThrowIfNotFinite()
    {
        for (int i = 0; i < Layers.Length; i++)
        {
            if (Layers[i].Linear.WeightValues.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)
                || Layers[i].Linear.BiasValues.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)
                || Layers[i].ActivationParameters.Values.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                throw new InvalidOperationException($"Layer {i + 1} holds NaN or infinity, from a run that diverged; such a model is not saved.");
            }
        }
    }
}
