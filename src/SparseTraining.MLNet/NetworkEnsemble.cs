using SparseTraining.MLNet.Data;
using SparseTraining.MLNet.Training;

namespace SparseTraining.MLNet;

/// <summary>The networks of a model and what is done to their inputs and outputs. Immutable, for any number of threads.</summary>
internal sealed class NetworkEnsemble
{
    private const int BlockSize = 1 << 16;

    private readonly FeatureEncoder _encoder;
    private readonly LabelScale? _scale;
    private readonly byte[][] _files;
    private readonly float[] _shares;
    private readonly SparseMlpPredictor[] _predictors;

    private NetworkEnsemble(FeatureEncoder encoder, LabelScale? scale, byte[][] files, float[] shares)
    {
        _encoder = encoder;
        _scale = scale;
        _files = files;
        _shares = shares;
        _predictors = [.. files.Select(file => SparseMlpPredictor.Load(new MemoryStream(file, writable: false)))];
    }

    public int FeatureCount => _encoder.InputCount;

    public int OutputCount => _predictors[0].OutputSize;

    public IReadOnlyList<SparseMlpPredictor> Predictors => _predictors;

    public static NetworkEnsemble Of(FeatureEncoder encoder, LabelScale? scale, IReadOnlyList<(SparseMlp Network, float Share)> members) =>
        new(encoder, scale, [.. members.Select(member => File(member.Network))], [.. members.Select(member => member.Share)]);

    /// <summary>Makes a function that predicts one row; for one thread at a time, as it has its own buffers.</summary>
    public RowPredictor CreatePredictor()
    {
        var raw = new float[FeatureCount];
        var encoded = new float[_predictors.Max(network => network.InputSize)]; // without the bins where no network takes them
        var outputs = new float[OutputCount];
        return (in features, sums) =>
        {
            RowSize.Check(features, raw.Length);
            features.CopyTo(raw);
            _encoder.Encode(raw, encoded);
            sums.Clear();
            for (int network = 0; network < _predictors.Length; network++)
            {
                _predictors[network].Predict(encoded.AsSpan(0, _predictors[network].InputSize), outputs);
                for (int i = 0; i < outputs.Length; i++)
                {
                    sums[i] += _shares[network] * outputs[i];
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
        for (int i = 0; i < _files.Length; i++)
        {
            writer.Write(_shares[i]);
            writer.Write(_files[i].Length);
            writer.Write(_files[i]);
        }
    }

    /// <exception cref="InvalidDataException">The bytes are no model.</exception>
    public static NetworkEnsemble Load(BinaryReader reader)
    {
        FeatureEncoder encoder = FeatureEncoder.Load(reader);
        LabelScale? scale = reader.ReadBoolean() ? new LabelScale(reader.ReadDouble(), reader.ReadDouble()) : null;
        int count = reader.ReadInt32();
        int most = SparseMlpTrainerOptions.MostNetworks * NetworkSettings.Kinds.Count;
        if (count < 1 || count > most)
        {
            throw new InvalidDataException($"The model has {count} networks; there can be 1 to {most}.");
        }

        var files = new byte[count][];
        var shares = new float[count];
        for (int i = 0; i < count; i++)
        {
            shares[i] = reader.ReadSingle();
            int length = reader.ReadInt32();
            files[i] = ReadAtMost(reader, length);
            if (!(shares[i] is > 0 and <= 1))
            {
                throw new InvalidDataException($"Network {i + 1} of the model counts {shares[i]}; it must be above 0 and at most 1.");
            }

            if (files[i].Length != length)
            {
                throw new InvalidDataException($"Network {i + 1} of the model is cut off.");
            }
        }

        var ensemble = new NetworkEnsemble(encoder, scale, files, shares);
        int wrong = Array.FindIndex(
            ensemble._predictors,
            network => (network.InputSize != encoder.OutputCount && network.InputSize != encoder.PlainCount) || network.OutputSize != ensemble.OutputCount);
        return wrong < 0
            ? ensemble
            : throw new InvalidDataException($"Network {wrong + 1} of the model does not fit the others or the encoding of features.");
    }

    /// <summary>Reads as many bytes as are stated and there, with memory in proportion to those that are there.</summary>
    private static byte[] ReadAtMost(BinaryReader reader, int length)
    {
        var bytes = new MemoryStream();
        while (bytes.Length < length && reader.ReadBytes((int)Math.Min(length - bytes.Length, BlockSize)) is { Length: > 0 } block)
        {
            bytes.Write(block);
        }

        return bytes.ToArray();
    }

    private static byte[] File(SparseMlp network)
    {
        var stream = new MemoryStream();
        network.Save(stream);
        return stream.ToArray();
    }
}
