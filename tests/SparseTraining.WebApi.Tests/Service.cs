using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using SparseTraining.Datasets;

namespace SparseTraining.WebApi.Tests;

/// <summary>The sample, in memory, with a model file of its own.</summary>
internal sealed class Service : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly WebApplicationFactory<Program> _factory;
    private readonly Lazy<HttpClient> _client;

    /// <summary>Begins with a model that always answers with this class, or with a file of these bytes, or without a file.</summary>
    public Service(int? constantClass = 0, byte[]? file = null)
    {
        ModelPath = Path.Combine(_folder.FullName, "model.sparse");
        if (file is not null)
        {
            File.WriteAllBytes(ModelPath, file);
        }
        else if (constantClass is int number)
        {
            Constant(number).Save(ModelPath);
        }

        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder
            .UseSetting("Model:Path", ModelPath)
            .UseSetting("Logging:LogLevel:Default", "Error"));
        _client = new(_factory.CreateClient);
    }

    public string ModelPath { get; }

    public HttpClient Client => _client.Value;

    /// <summary>A model of 64 inputs that is almost sure of one class, whatever it is given.</summary>
    public static SparseMlp Constant(int number)
    {
        var model = new SparseMlp(64, [8], 10) { ClassNames = Digits.ClassNames };
        model.Fit([new float[64]], [number], new FitOptions { Epochs = 1 });
        model.Layers[1].BiasValues[number] = 20;
        return model;
    }

    public async Task<Answer> Predict(float[] features)
    {
        using HttpResponseMessage response = await Client.PostAsJsonAsync("predict", new { features });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<Answer>())!;
    }

    /// <summary>Waits for what must come, at the latest after a minute.</summary>
    public static async Task Until(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await condition())
        {
            await Task.Delay(50, limit.Token);
        }
    }

    public void Dispose()
    {
        _factory.Dispose();
        _folder.Delete(recursive: true);
    }

    internal sealed record Answer(string Label, float[] Probabilities);
}
