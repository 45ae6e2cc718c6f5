using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ThesisExperiments.Results;

/// <summary>
/// The files of results: <c>experiment/data/configuration-run1.json</c> and <c>.csv</c> a training run,
/// <c>timing-…</c> a timing. Each is written whole or not at all, so that it can be read at any time.
/// </summary>
/// <param name="root">The folder of all experiments.</param>
internal sealed class ResultFolder(string root)
{
    private const string TimingPrefix = "timing";

    public string Experiment(string experiment) => Path.Combine(root, experiment);

    public string Checkpoints(string experiment, string data, string configuration, int run) =>
        Name(experiment, data, configuration, run) + ".checkpoints";

    public RunResult? FindRun(string experiment, string data, string configuration, int run) =>
        Read<RunResult>(Name(experiment, data, configuration, run) + ".json");

    public TimingResult? FindTiming(string experiment, string data, string settings, int run) =>
        Read<TimingResult>(Name(experiment, data, $"{TimingPrefix}-{settings}", run) + ".json");

    public void Save(RunResult result)
    {
        string name = Name(result.Experiment, result.Data.Key, result.Configuration, result.Run);
        Write(name + ".json", JsonSerializer.Serialize(result, ResultJson.Options) + "\n");
        (string Name, List<double> Values)[] columns = [.. result.History.Columns()];
        Write(name + ".csv", Csv(
            ["epoch", .. columns.Select(column => column.Name)],
            Enumerable.Range(0, result.History.Count)
                .Select(e => (string[])[Cell(e + 1), .. columns.Select(column => Cell(column.Values[e]))])));
    }

    public void Save(TimingResult result)
    {
        string name = Name(result.Experiment, result.Data.Key, $"{TimingPrefix}-{result.SettingsName}", result.Run);
        Write(name + ".json", JsonSerializer.Serialize(result, ResultJson.Options) + "\n");
        Write(name + ".csv", Csv(
            ["round", "method", "training_seconds", "evolution_seconds", "inference_microseconds", "single_sample_microseconds"],
            from round in Enumerable.Range(0, result.MeasuredRounds)
            from network in result.Networks
            select (string[])
            [
                Cell(round + 1), network.Method, Cell(network.TrainingSeconds[round]), Cell(network.EvolutionSeconds[round]),
                Cell(network.InferenceMicroseconds[round]), Cell(network.SingleSampleMicroseconds[round]),
            ]));
    }

    /// <summary>All training runs of an experiment, whatever their state.</summary>
    public IReadOnlyList<RunResult> Runs(string experiment) =>
        [.. Files(experiment).Where(file => !IsTiming(file)).Select(Read<RunResult>).OfType<RunResult>()
            .OrderBy(run => run.Data.Key, StringComparer.Ordinal).ThenBy(run => run.Configuration, StringComparer.Ordinal).ThenBy(run => run.Run)];

    /// <summary>All timings of an experiment.</summary>
    public IReadOnlyList<TimingResult> Timings(string experiment) =>
        [.. Files(experiment).Where(IsTiming).Select(Read<TimingResult>).OfType<TimingResult>().Where(timing => timing.TimedSamples > 0)
            .OrderBy(timing => timing.Data.Key, StringComparer.Ordinal).ThenBy(timing => timing.SettingsName, StringComparer.Ordinal).ThenBy(timing => timing.Run)];

    /// <summary>Writes a text file through a temporary one beside it.</summary>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = path + ".tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }

    public static string Csv(string[] header, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder().AppendJoin(',', header).Append('\n');
        foreach (string[] row in rows)
        {
            text.AppendJoin(',', row.Select(Quoted)).Append('\n');
        }

        return text.ToString();
    }

    public static string Cell(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static bool IsTiming(string path) => Path.GetFileName(path).StartsWith(TimingPrefix, StringComparison.Ordinal);

    private static T? Read<T>(string path)
        where T : class
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), ResultJson.Options);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is no result file: {exception.Message}", exception);
        }
    }

    private string Name(string experiment, string data, string configuration, int run) =>
        Path.Combine(root, experiment, data, string.Create(CultureInfo.InvariantCulture, $"{configuration}-run{run}"));

    private IEnumerable<string> Files(string experiment) => Directory.Exists(Experiment(experiment))
        ? Directory.EnumerateDirectories(Experiment(experiment))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*-run*.json"))
            .Order(StringComparer.Ordinal)
        : [];
}
