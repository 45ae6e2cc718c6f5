using System.Globalization;
using SparseTraining.Activations;
using SparseTraining.Data;
using SparseTraining.Layers;
using SparseTraining.Persistence;
using SparseTraining.Training;

namespace SparseTraining;

/// <content>Models in the formats of other programs: docs/saving.md.</content>
public sealed partial class SparseMlp
{
    private const string OptionPrefix = "option.";

    /// <summary>
    /// Writes the model as a safetensors file, each layer in the arrays of <c>scipy.sparse.csr_matrix</c>:
    /// <c>layers.0.shape</c> [2] (outputs, inputs), <c>layers.0.indptr</c>, <c>layers.0.indices</c>, <c>layers.0.data</c>,
    /// <c>layers.0.bias</c>, where activations are trained <c>layers.0.parameters</c>, and with a scaler
    /// <c>scaler.offsets</c> and <c>scaler.scales</c>. The metadata holds activations and options as text.
    /// </summary>
    /// <param name="path">The file; replaced as a whole.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void ExportSafetensors(string path) => AtomicFile.Write(path, ExportSafetensors);

    /// <summary>Writes the model in the safetensors format; see <see cref="ExportSafetensors(string)"/>.</summary>
    /// <param name="stream">Receives the bytes; stays open.</param>
    public void ExportSafetensors(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        IEnumerable<KeyValuePair<string, string>> metadata =
        [
            new("format", "SparseTraining CSR 1"),
            .. _network.Layers.Select((layer, i) => KeyValuePair.Create($"layers.{i}.activation", ActivationText.Of(layer.Activation))),
            .. OptionsText.Of(Options).Select(option => KeyValuePair.Create(OptionPrefix + option.Key, option.Value)),
            .. ClassNames.Select((name, i) => KeyValuePair.Create($"classes.{i}", name)),
        ];
        SafetensorsFile.Write(
            stream,
            [.. metadata],
            [.. _network.Layers.SelectMany((layer, i) => LayerArrays.Of(CsrLayer.Of(layer), $"layers.{i}.")), .. ScalerArrays("scaler.")]);
    }

    /// <summary>Makes a model of a safetensors file with the arrays that <see cref="ExportSafetensors(string)"/> names, whoever wrote it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">
    /// What the network is, or <see langword="null"/> to take it from the metadata, or the defaults where there is none.
    /// A masked network becomes a truly sparse one.
    /// </param>
    /// <returns>The model, ready to predict or to be trained on.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, an array is missing, or the arrays are no network.</exception>
    public static SparseMlp ImportSafetensors(string path, SparseMlpOptions? options = null)
    {
        using FileStream stream = ModelStream.Open(path, FileOptions.SequentialScan);
        return ImportSafetensors(stream, options);
    }

    /// <summary>Makes a model of a stream in the safetensors format; see <see cref="ImportSafetensors(string, SparseMlpOptions?)"/>.</summary>
    /// <param name="stream">The bytes; need not be able to seek, stays open.</param>
    /// <param name="options">What the network is, or <see langword="null"/> for what the metadata says.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidDataException">The bytes are damaged, an array is missing, or the arrays are no network.</exception>
    public static SparseMlp ImportSafetensors(Stream stream, SparseMlpOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        (Dictionary<string, string> metadata, Dictionary<string, PlainArray> arrays) = SafetensorsFile.Read(stream);
        options ??= OptionsText.Parse(
            [.. metadata.Where(pair => pair.Key.StartsWith(OptionPrefix, StringComparison.Ordinal)).Select(pair => KeyValuePair.Create(pair.Key[OptionPrefix.Length..], pair.Value))]);
        var layers = new List<CsrLayer>();
        while (arrays.ContainsKey($"layers.{layers.Count}.shape"))
        {
            layers.Add(LayerArrays.Read(arrays, $"layers.{layers.Count}."));
        }

        var names = new List<string>();
        while (metadata.TryGetValue($"classes.{names.Count}", out string? name))
        {
            names.Add(name);
        }

        return Import(layers, ReadScaler(arrays, "scaler.", mustBeThere: false), names, options);
    }

    /// <summary>
    /// Writes each layer as a file that <c>scipy.sparse.load_npz</c> reads as a CSR matrix of outputs × inputs:
    /// <c>layer0.npz</c>, <c>layer1.npz</c>, …, with <c>bias</c> (and <c>parameters</c> of trained activations) as further
    /// arrays in it; and <c>scaler.npz</c> with <c>offsets</c> and <c>scales</c> if there is a scaler.
    /// </summary>
    /// <param name="folder">Where the files go; made if it does not exist.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void ExportNpz(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        for (int i = 0; i < _network.Layers.Length; i++)
        {
            CsrLayer layer = CsrLayer.Of(_network.Layers[i]);
            AtomicFile.Write(LayerFile(folder, i), stream => NpzFile.Write(stream, "csr", LayerArrays.Of(layer, "")));
        }

        if (Scaler is not null)
        {
            AtomicFile.Write(ScalerFile(folder), stream => NpzFile.Write(stream, null, ScalerArrays("")));
        }
    }

    /// <summary>Makes a model of a folder of files as <see cref="ExportNpz"/> or SciPy and NumPy write them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">What the network is, or <see langword="null"/> for the defaults: the files hold arrays only.</param>
    /// <returns>The model, ready to predict or to be trained on.</returns>
    /// <exception cref="FileNotFoundException">There is no <c>layer0.npz</c>.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, an array is missing, or the arrays are no network.</exception>
    public static SparseMlp ImportNpz(string folder, SparseMlpOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var layers = new List<CsrLayer>();
        do
        {
            layers.Add(ReadNpz(LayerFile(folder, layers.Count), arrays => LayerArrays.Read(arrays, "")));
        }
        while (File.Exists(LayerFile(folder, layers.Count)));

        FeatureScaler? scaler = File.Exists(ScalerFile(folder)) ? ReadNpz(ScalerFile(folder), arrays => ReadScaler(arrays, "", mustBeThere: true)) : null;
        return Import(layers, scaler, [], options ?? new SparseMlpOptions());
    }

    private static string LayerFile(string folder, int layer) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"layer{layer}.npz"));

    private static string ScalerFile(string folder) => Path.Combine(folder, "scaler.npz");

    private static T ReadNpz<T>(string path, Func<Dictionary<string, PlainArray>, T> make)
    {
        using FileStream stream = ModelStream.Open(path, FileOptions.None);
        try
        {
            return make(NpzFile.Read(stream));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    private static FeatureScaler? ReadScaler(Dictionary<string, PlainArray> arrays, string prefix, bool mustBeThere)
    {
        if (!mustBeThere && !arrays.ContainsKey(prefix + "offsets") && !arrays.ContainsKey(prefix + "scales"))
        {
            return null;
        }

        try
        {
            return new FeatureScaler(Numbers("offsets"), Numbers("scales"));
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException(e.Message, e);
        }

        float[] Numbers(string name) => arrays.TryGetValue(prefix + name, out PlainArray? array)
            ? PlainNumbers.ToSingles(array.Bytes, array.Type, name)
            : throw new InvalidDataException($"The array \"{prefix}{name}\" is missing.");
    }

    private static SparseMlp Import(List<CsrLayer> layers, FeatureScaler? scaler, List<string> classNames, SparseMlpOptions options)
    {
        try
        {
            options = options with { Layers = options.Layers == LayerKind.Dense ? LayerKind.Dense : LayerKind.Sparse };
            if (layers.Count == 0)
            {
                throw new InvalidDataException("There is no layer.");
            }

            var network = new Network([.. layers.Select((layer, i) => ToLayer(layers, i, options))], NetworkBuilder.CheckedLoss(options, NetworkBuilder.OutputActivation(options)))
            {
                StepsTaken = 1,
            };
            if (scaler is not null && scaler.FeatureCount != network.InputSize)
            {
                throw new InvalidDataException($"The scaler is for {scaler.FeatureCount} features; the network has {network.InputSize} inputs.");
            }

            ThrowIfUnfit(network.OutputSize, options);
            return new SparseMlp(network, scaler, options) { ClassNames = classNames };
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"The arrays are no network: {e.Message}", e);
        }
    }

    private static NetworkLayer ToLayer(List<CsrLayer> layers, int index, SparseMlpOptions options)
    {
        CsrLayer stored = layers[index];
        bool isOutput = index == layers.Count - 1;
        if (index > 0 && layers[index - 1].Rows != stored.Columns)
        {
            throw new InvalidDataException($"Layer {index} has {stored.Columns} inputs; the one before it has {layers[index - 1].Rows} outputs.");
        }

        Activation activation = isOutput ? NetworkBuilder.OutputActivation(options) : options.HiddenActivation.ForLayer(index + 1);
        if (stored.Parameters.Length != (long)activation.ParametersPerNeuron * stored.Rows)
        {
            throw new InvalidDataException($"Layer {index} has {stored.Parameters.Length} activation parameters; {activation} needs {activation.ParametersPerNeuron} for each of {stored.Rows} neurons.");
        }

        LinearLayer linear = stored.ToLinear($"Layer {index}");
        bool sparse = linear is SparseLinearLayer;
        if (sparse && options.Layers == LayerKind.Dense)
        {
            throw new InvalidDataException($"Layer {index} is sparse; the options ask for dense layers.");
        }

        bool evolves = sparse && (!isOutput || options.OutputLayer == OutputLayerKind.SparseEvolving);
        var layer = new NetworkLayer(linear, activation, isOutput ? 0f : (float)options.Dropout, NetworkBuilder.Initializer(options, activation), evolves, isClamped: false);
        stored.Parameters.CopyTo(layer.ActivationParameters.Values, 0);
        return layer;
    }

    private IEnumerable<KeyValuePair<string, PlainArray>> ScalerArrays(string prefix) => Scaler is null
        ? []
        : [new(prefix + "offsets", PlainArray.Of(Scaler.Offsets)), new(prefix + "scales", PlainArray.Of(Scaler.Scales))];
}
