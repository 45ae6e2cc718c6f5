using System.Globalization;
using Microsoft.Extensions.Logging;
using SparseTraining.Training;

namespace SparseTraining.Persistence;

/// <summary>
/// The state of a training run, read from a file that <see cref="CheckpointCallback"/> wrote. A run that goes on from it
/// (<see cref="FitOptions.ResumeFrom"/>) ends with the same bits as one that was never stopped.
/// </summary>
public sealed partial class Checkpoint
{
    private const string Prefix = "step-";
    private const string Suffix = ".checkpoint";

    /// <summary>How often a folder is looked through anew because a file that was listed is gone.</summary>
    private const int MostListings = 100;

    private Checkpoint(string path, RunState run, IReadOnlyList<string> passedOver)
    {
        Path = path;
        Run = run;
        PassedOver = passedOver;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Steps that the run had taken.</summary>
    public long Step => Run.Trainer.Step;

    /// <summary>Epochs that the run had ended.</summary>
    public int Epoch => Run.Trainer.Epoch;

    /// <summary>The epochs that had ended, in order.</summary>
    public IReadOnlyList<EpochRecord> History => Run.Trainer.Records;

    /// <summary>Newer checkpoints that <see cref="LoadNewest"/> could not read, each with the reason; usually none.</summary>
    public IReadOnlyList<string> PassedOver { get; }

    internal RunState Run { get; }

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The checkpoint.</returns>
    /// <exception cref="InvalidDataException">The file is no checkpoint, is damaged, or needs a newer version; the message says where.</exception>
    public static Checkpoint Load(string path) => Load(path, []);

    /// <summary>
    /// Reads the newest checkpoint of a folder. One that is damaged is passed over, with a warning to the logger, and the
    /// one before it is read.
    /// </summary>
    /// <param name="folder">The folder of a <see cref="CheckpointCallback"/>; it need not exist yet.</param>
    /// <param name="logger">Receives the warnings.</param>
    /// <returns>The checkpoint, or <see langword="null"/> if there is none: the run has not come to its first one.</returns>
    /// <exception cref="InvalidDataException">There are checkpoints, but all of them are damaged.</exception>
    public static Checkpoint? LoadNewest(string folder, ILogger? logger = null)
    {
        var told = new HashSet<string>();
        for (int listing = 1; ; listing++)
        {
            var passedOver = new List<string>();
            bool isGone = false;
            foreach ((string path, _) in Files(folder).Reverse())
            {
                try
                {
                    return Load(path, passedOver);
                }
                catch (FileNotFoundException) when (listing < MostListings)
                {
                    // A run that goes on meanwhile has removed it, since there is a newer one.
                    isGone = true;
                    break;
                }
                catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
                {
                    passedOver.Add($"{path}: {e.Message}");
                    if (logger is not null && told.Add(path))
                    {
                        LogPassedOver(logger, path, e.Message);
                    }
                }
            }

            if (!isGone)
            {
                return passedOver.Count == 0
                    ? null
                    : throw new InvalidDataException($"None of the checkpoints in \"{folder}\" can be read: {string.Join(" ", passedOver)}");
            }
        }
    }

    /// <summary>The checkpoints of a folder with their steps, oldest first.</summary>
    internal static IReadOnlyList<(string Path, long Step)> Files(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var files = new List<(string Path, long Step)>();
        foreach (string path in Directory.GetFiles(folder, $"{Prefix}*{Suffix}"))
        {
            string number = System.IO.Path.GetFileName(path)[Prefix.Length..^Suffix.Length];
            if (long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long step))
            {
                files.Add((path, step));
            }
        }

        return [.. files.OrderBy(file => file.Step)];
    }

    internal static string FileName(long step) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:D12}{Suffix}");

    private static Checkpoint Load(string path, IReadOnlyList<string> passedOver)
    {
        using FileStream stream = ModelStream.Open(path, FileOptions.SequentialScan);
        RunState run = Read(stream);
        ModelStream.ThrowIfMoreFollows(stream);
        return new Checkpoint(path, run, passedOver);
    }

    internal static RunState Read(Stream stream)
    {
        var reader = new SectionReader("checkpoint");
        RunState? run = null;
        SectionSequence.Read(stream, reader, CheckpointFile.Read(reader, r => run = r));
        return run!;
    }

    [LoggerMessage(4, LogLevel.Warning, "Checkpoint {Path} is passed over: {Reason}")]
    private static partial void LogPassedOver(ILogger logger, string path, string reason);
}
