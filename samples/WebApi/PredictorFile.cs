using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Primitives;
using SparseTraining;

namespace WebApi;

/// <summary>
/// A model file and the predictor that was loaded from it. When the file changes the new model takes over for the next
/// request; requests under way end with the one that they began with. A file that cannot be loaded changes nothing: the last
/// good model goes on, the health check says so, and loading is tried again.
/// </summary>
public sealed partial class PredictorFile : IHostedService, IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly ILogger _logger;
    private readonly Lock _loading = new();
    private readonly PhysicalFileProvider _folder;
    private readonly Timer _retry;
    private IDisposable? _watch;
    private volatile LoadedModel? _loaded;
    private volatile string? _problem;

    public PredictorFile(string path, ILogger<PredictorFile> logger)
    {
        _path = Path.GetFullPath(path);
        _logger = logger;
        _folder = new PhysicalFileProvider(Path.GetDirectoryName(_path)!, ExclusionFilters.None);
        _retry = new Timer(_ => Reload());
    }

    /// <summary>The newest model that could be loaded.</summary>
    /// <exception cref="InvalidOperationException">The application has not started.</exception>
    public SparseMlpPredictor Predictor => Loaded.Predictor;

    /// <summary>When that was, in UTC.</summary>
    public DateTimeOffset LoadedAt => Loaded.At;

    /// <summary>Why the file as it is now could not be loaded, or <see langword="null"/> if it was.</summary>
    public string? Problem => _problem;

    private LoadedModel Loaded => _loaded ?? throw new InvalidOperationException("The model is loaded when the application starts.");

    /// <summary>Loads the model. A service that cannot predict does not start.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Watched first: a change while it is being loaded is then seen as well.
        _watch = ChangeToken.OnChange(() => _folder.Watch(Path.GetFileName(_path)), Reload);
        lock (_loading)
        {
            Load();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _watch?.Dispose();
        _retry.Dispose();
        _folder.Dispose();
    }

    private void Reload()
    {
        lock (_loading)
        {
            try
            {
                Load();
            }
            catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                // Half written, say, or gone for a moment. Whoever saves with SparseMlp.Save never gets here.
                if (_problem != e.Message)
                {
                    _problem = e.Message;
                    NotLoaded(_path, e.Message);
                }

                TryAgainLater();
            }
        }
    }

    private void Load()
    {
        SparseMlpPredictor predictor = SparseMlpPredictor.Load(_path);
        _loaded = new LoadedModel(predictor, DateTimeOffset.UtcNow);
        _problem = null;
        IsLoaded(_path, predictor.InputSize, predictor.OutputSize, predictor.LinkCount);
    }

    private void TryAgainLater()
    {
        try
        {
            _retry.Change(RetryAfter, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The application has stopped meanwhile.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded {Path}: {Inputs} inputs, {Outputs} outputs, {Links} links")]
    private partial void IsLoaded(string path, int inputs, int outputs, long links);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} cannot be loaded, the model before it goes on: {Problem}")]
    private partial void NotLoaded(string path, string problem);

    private sealed record LoadedModel(SparseMlpPredictor Predictor, DateTimeOffset At);
}
