using SparseTraining.MLNet.Data;

namespace SparseTraining.MLNet;

/// <summary>The networks of a model and what is done to their inputs and outputs. Immutable, for any number of threads.</summary>
internal sealed class NetworkEnsemble
{
    private readonly FeatureEncoder _encoder;
    private readonly LabelScale? _scale;
    private readonly byte[][] _files;
    private readonly SparseMlpPredictor[] _predictors;

    private NetworkEnsemble(FeatureEncoder encoder, LabelScale? scale, byte[][] files)
    {
        _encoder = encoder;
        _scale = scale;
        _files = files;
        _predictors = [.. files.Select(file => SparseMlpPredictor.Load(new MemoryStream(file, writable: false)))];
    }

    public int FeatureCount => _encoder.InputCount;

    public int OutputCount => _predictors[0].OutputSize;

    public IReadOnlyList<SparseMlpPredictor> Predictors => _predictors;

    public static NetworkEnsemble Of(FeatureEncoder encoder, LabelScale? scale, IReadOnlyList<SparseMlp> networks) =>
        new(encoder, scale, [.. networks.Select(File)]);

    /// <summary>Makes a function that predicts one row; for one thread at a time, as it has its own buffers.</summary>
    public RowPredictor CreatePredictor()
    {
        var raw = new float[FeatureCount];
        var encoded = new float[_encoder.OutputCount];
        var outputs = new float[OutputCount];
        return (in features, sums) =>
        {
            features.CopyTo(raw);
            _encoder.Encode(raw, encoded);
            sums.Clear();
            foreach (SparseMlpPredictor predictor in _predictors)
            {
                predictor.Predict(encoded, outputs);
                for (int i = 0; i < outputs.Length; i++)
                {
                    sums[i] += outputs[i] / _predictors.Length;
                }
            }

            if (_scale is not null)
            {
                sums[0] = _scale.FromNetwork(sums[0]);
            }
        };
    }

    public void Save(BinaryWriter writer)
    {
        _encoder.Save(writer);
        writer.Write(_scale is not null);
        if (_scale is not null)
        {
            writer.Write(_scale.Mean);
            writer.Write(_scale.Spread);
        }

        writer.Write(_files.Length);
        foreach (byte[] file in _files)
        {
            writer.Write(file.Length);
            writer.Write(file);
        }
    }

    /// <exception cref="InvalidDataException">The bytes are no model.</exception>
    public static NetworkEnsemble Load(BinaryReader reader)
    {
        FeatureEncoder encoder = FeatureEncoder.Load(reader);
        LabelScale? scale = reader.ReadBoolean() ? new LabelScale(reader.ReadDouble(), reader.ReadDouble()) : null;
        int count = reader.ReadInt32();
        if (count is < 1 or > SparseMlpTrainerOptions.MostNetworks)
        {
            throw new InvalidDataException($"The model has {count} networks; there can be 1 to {SparseMlpTrainerOptions.MostNetworks}.");
        }

        var files = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            int length = reader.ReadInt32();
            files[i] = length < 0 ? [] : reader.ReadBytes(length);
            if (files[i].Length != length)
            {
                throw new InvalidDataException($"Network {i + 1} of the model is cut off.");
            }
        }

        var ensemble = new NetworkEnsemble(encoder, scale, files);
        int wrong = Array.FindIndex(
            ensemble._predictors, network => network.InputSize != encoder.OutputCount || network.OutputSize != ensemble.OutputCount);
        return wrong < 0
            ? ensemble
            : throw new InvalidDataException($"Network {wrong + 1} of the model does not fit the others or its {encoder.OutputCount} inputs.");
    }

    private static byte[] File(SparseMlp network)
    {
        var stream = new MemoryStream();
        network.Save(stream);
        return stream.ToArray();
    }
}
