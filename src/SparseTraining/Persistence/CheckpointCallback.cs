using SparseTraining.Training;

namespace SparseTraining.Persistence;

/// <summary>
/// Keeps the state of a run in a folder, so that <see cref="FitOptions.ResumeFrom"/> can go on from it after the process
/// was stopped. Each file is written as a whole or not at all; a crash at any moment leaves the ones before.
/// </summary>
/// <remarks>
/// Files are <c>step-000000001234.checkpoint</c> and <c>best.checkpoint</c>. A save that fails (disk full) ends the run with
/// the exception of the save; the model stays usable. One folder serves one run at a time.
/// </remarks>
public sealed class CheckpointCallback : TrainingCallback, ICheckpointSink
{
    private const string BestName = "best.checkpoint";
    private readonly string _folder;

    /// <summary>Keeps checkpoints after every epoch, the last two of them.</summary>
    /// <param name="folder">Where the files go; made if it does not exist.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is null or empty.</exception>
    public CheckpointCallback(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = folder;
    }

    /// <summary>Epochs between checkpoints, or 0 for none at the end of epochs. 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int EveryEpochs
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(EveryEpochs), value, "The interval must be at least 0 epochs.");
    } = 1;

    /// <summary>Steps between checkpoints, or 0 (the default) for none within epochs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long EverySteps
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(EverySteps), value, "The interval must be at least 0 steps.");
    }

    /// <summary>The newest checkpoints that stay, at least 1. 2 by default, so that one damaged file loses little.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int KeepLast
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(KeepLast), value, "At least 1 checkpoint must stay.");
    } = 2;

    /// <summary>
    /// Whether the state after the best epoch stays as <c>best.checkpoint</c>: best by the metric of early stopping, or else
    /// by validation loss (training loss without validation data). False by default.
    /// </summary>
    public bool KeepBest { get; init; }

    void ICheckpointSink.Begin(long step)
    {
        Directory.CreateDirectory(_folder);
        foreach (string leftover in Directory.GetFiles(_folder, $"*.checkpoint*{AtomicFile.TemporarySuffix}"))
        {
            File.Delete(leftover);
        }

        foreach ((string path, long other) in Checkpoint.Files(_folder))
        {
            if (other > step)
            {
                DeleteIfDamaged(path, step);
            }
        }
    }

    bool ICheckpointSink.WantsStep(in StepRecord record) => IsDueAfterStep(record.Step);

    bool ICheckpointSink.WantsEpoch(EpochRecord record, bool isBest) => IsDueAfterEpoch(record.Epoch) || (KeepBest && isBest);

    void ICheckpointSink.Keep(RunState run, bool isBest)
    {
        if (KeepBest && isBest)
        {
            Save(run, BestName);
        }

        if (IsDueAfterStep(run.Trainer.Step) || (run.Trainer.Pass is null && IsDueAfterEpoch(run.Trainer.Epoch)))
        {
            Save(run, Checkpoint.FileName(run.Trainer.Step));
            foreach ((string path, _) in Checkpoint.Files(_folder).SkipLast(KeepLast))
            {
                File.Delete(path);
            }
        }
    }

    private bool IsDueAfterStep(long step) => EverySteps > 0 && step % EverySteps == 0;

    private bool IsDueAfterEpoch(int epoch) => EveryEpochs > 0 && epoch % EveryEpochs == 0;

    private void Save(RunState run, string name) =>
        AtomicFile.Write(Path.Combine(_folder, name), stream => SectionSequence.Write(stream, CheckpointFile.Sections(run)));

    /// <summary>A damaged file was passed over and goes; a whole one belongs to a run that has come further than this one.</summary>
    private static void DeleteIfDamaged(string path, long step)
    {
        try
        {
            _ = Checkpoint.Load(path);
        }
        catch (InvalidDataException)
        {
            File.Delete(path);
            return;
        }

        throw new InvalidOperationException(
            $"\"{path}\" belongs to a run that has come further than step {step}. Resume from it, remove it, or choose another folder.");
    }
}
