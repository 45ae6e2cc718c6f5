using SparseTraining.Layers;
using SparseTraining.Persistence;
using SparseTraining.Training;

namespace SparseTraining;

/// <content>Model files: docs/model-format.md.</content>
public sealed partial class SparseMlp
{
    private const string What = "model file";

    /// <summary>
    /// Saves the model: links, weights, biases, activations, options, class names and scaler; not what only training needs,
    /// for which there are checkpoints. The file is replaced as a whole: until the new one is on the disk, the old one stays.
    /// </summary>
    /// <param name="path">The file, in a folder that exists; beside it one whose name ends in <c>.tmp</c> exists for a while.</param>
    /// <param name="options">How to write it, or <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidOperationException">A value is not finite, or too large for the precision asked for.</exception>
    /// <exception cref="IOException">The file cannot be written: the disk is full, the folder is missing.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file may not be written.</exception>
    public void Save(string path, ModelFileOptions? options = null) => AtomicFile.Write(path, stream => Save(stream, options));

    /// <summary>Saves the model to a stream, which stays open.</summary>
    /// <param name="stream">Receives the bytes.</param>
    /// <param name="options">How to write it, or <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidOperationException">A value is not finite, or too large for the precision asked for.</exception>
    public void Save(Stream stream, ModelFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        SectionSequence.Write(stream, ToFile().Sections((options ?? new()).Precision));
    }

    /// <inheritdoc cref="Save(string, ModelFileOptions?)"/>
    /// <param name="path">The file.</param>
    /// <param name="options">How to write it, or <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Gives the save up; the old file stays.</param>
    /// <returns>The work.</returns>
    public Task SaveAsync(string path, ModelFileOptions? options = null, CancellationToken cancellationToken = default) =>
        AtomicFile.WriteAsync(path, stream => SaveAsync(stream, options, cancellationToken));

    /// <inheritdoc cref="Save(Stream, ModelFileOptions?)"/>
    /// <param name="stream">Receives the bytes; only its asynchronous methods are called.</param>
    /// <param name="options">How to write it, or <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Gives the save up.</param>
    /// <returns>The work.</returns>
    public Task SaveAsync(Stream stream, ModelFileOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return SectionSequence.WriteAsync(stream, ToFile().Sections((options ?? new()).Precision), cancellationToken);
    }

    /// <summary>Loads a model that <see cref="Save(string, ModelFileOptions?)"/> wrote, with any version of this library up to this one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">
    /// The options that the model was made with, needed only where they hold parts that you wrote yourself: an activation
    /// to predict, others to train on (without a loss of your own, an evaluation reports NaN for it). They must say what the
    /// file says.
    /// </param>
    /// <returns>The model. It can be trained on with <see cref="FitOptions.WarmStart"/>; the optimizer starts without memory.</returns>
    /// <exception cref="InvalidDataException">The file is no model file, is damaged, or needs a newer version; the message says where.</exception>
    /// <exception cref="ArgumentException">The options are not those of the model.</exception>
    public static SparseMlp Load(string path, SparseMlpOptions? options = null)
    {
        using FileStream stream = ModelStream.Open(path, FileOptions.SequentialScan);
        SparseMlp model = Load(stream, options);
        ModelStream.ThrowIfMoreFollows(stream);
        return model;
    }

    /// <summary>Loads a model from a stream, which need not be able to seek, stays open, and is read up to the end of the model.</summary>
    /// <param name="stream">What <see cref="Save(Stream, ModelFileOptions?)"/> wrote.</param>
    /// <param name="options">The options that the model was made with; see <see cref="Load(string, SparseMlpOptions?)"/>.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidDataException">The bytes are no model, are damaged, or need a newer version.</exception>
    /// <exception cref="ArgumentException">The options are not those of the model.</exception>
    public static SparseMlp Load(Stream stream, SparseMlpOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var reader = new SectionReader(What);
        var parts = new TrainableParts(options);
        ModelFile? file = null;
        SectionSequence.Read(stream, reader, ModelFile.Read(reader, parts, f => file = f));
        return FromFile(file!, parts.Options);
    }

    /// <inheritdoc cref="Load(string, SparseMlpOptions?)"/>
    /// <param name="path">The file.</param>
    /// <param name="options">The options that the model was made with, where they hold parts that you wrote yourself.</param>
    /// <param name="cancellationToken">Gives the load up.</param>
    public static async Task<SparseMlp> LoadAsync(string path, SparseMlpOptions? options = null, CancellationToken cancellationToken = default)
    {
        FileStream stream = ModelStream.Open(path, FileOptions.Asynchronous);
        await using (stream.ConfigureAwait(false))
        {
            SparseMlp model = await LoadAsync(stream, options, cancellationToken).ConfigureAwait(false);
            ModelStream.ThrowIfMoreFollows(stream);
            return model;
        }
    }

    /// <inheritdoc cref="Load(Stream, SparseMlpOptions?)"/>
    /// <param name="stream">What a save wrote; only its asynchronous methods are called.</param>
    /// <param name="options">The options that the model was made with, where they hold parts that you wrote yourself.</param>
    /// <param name="cancellationToken">Gives the load up.</param>
    public static async Task<SparseMlp> LoadAsync(Stream stream, SparseMlpOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var reader = new SectionReader(What);
        var parts = new TrainableParts(options);
        ModelFile? file = null;
        await SectionSequence.ReadAsync(stream, reader, ModelFile.Read(reader, parts, f => file = f), cancellationToken).ConfigureAwait(false);
        return FromFile(file!, parts.Options);
    }

    private static SparseMlp FromFile(ModelFile file, SparseMlpOptions options)
    {
        try
        {
            if (file.Task != options.Task || Array.FindIndex(file.Layers, layer => !Fits(layer, options)) is int odd and >= 0)
            {
                throw new ArgumentException("the layers are not those that the options ask for");
            }

            var network = new Network(file.Layers, NetworkBuilder.CheckedLoss(options, file.Layers[^1].Activation))
            {
                StepsTaken = file.StepsTaken,
                EpochsBegun = file.EpochsBegun,
                Rewires = file.Rewires,
            };
            return new SparseMlp(network, file.Scaler, options) { ClassNames = file.ClassNames };
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"The {What} contradicts itself: {e.Message}", e);
        }
    }

    private static bool Fits(NetworkLayer layer, SparseMlpOptions options) => layer.Linear switch
    {
        SparseLinearLayer => options.Layers == LayerKind.Sparse,
        MaskedLinearLayer => options.Layers != LayerKind.Dense,
        _ => true,
    };

    private ModelFile ToFile() => new()
    {
        Task = Options.Task,
        Layers = _network.Layers,
        Options = OptionsText.Of(Options),
        ClassNames = ClassNames,
        Scaler = Scaler,
        StepsTaken = _network.StepsTaken,
        EpochsBegun = _network.EpochsBegun,
        Rewires = _network.Rewires,
    };
}
