using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SparseTraining.WebApi.Tests;

public sealed class EndpointTests : IDisposable
{
    private readonly Service _service = new(constantClass: 7);

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task A_prediction_is_that_of_the_library()
    {
        var features = new float[64];
        features[10] = 0.5f;
        Service.Answer answer = await _service.Predict(features);
        Assert.Equal("7", answer.Label);
        Assert.Equal(SparseMlpPredictor.Load(_service.ModelPath).Predict(features), answer.Probabilities);
    }

    [Fact]
    public async Task The_model_is_described()
    {
        JsonElement model = await _service.Client.GetFromJsonAsync<JsonElement>("model");
        Assert.Equal(64, model.GetProperty("inputs").GetInt32());
        Assert.Equal(10, model.GetProperty("classes").GetArrayLength());
        Assert.Equal(SparseMlpPredictor.Load(_service.ModelPath).LinkCount, model.GetProperty("links").GetInt64());
        Assert.True(model.GetProperty("loadedAt").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(-10));
    }

    [Fact]
    public async Task There_are_three_test_images_of_every_digit()
    {
        JsonElement images = await _service.Client.GetFromJsonAsync<JsonElement>("images");
        Assert.All(images.EnumerateArray(), image => Assert.Equal(64, image.GetProperty("features").GetArrayLength()));
        Assert.All(images.EnumerateArray().CountBy(image => image.GetProperty("label").GetString()!), digit => Assert.Equal(3, digit.Value));
        Assert.Equal(30, images.GetArrayLength());
    }

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("app.js", "text/javascript")]
    [InlineData("digit.js", "text/javascript")]
    [InlineData("style.css", "text/css")]
    [InlineData("icon.svg", "image/svg+xml")]
    public async Task The_page_is_served_and_may_load_nothing_from_elsewhere(string path, string type)
    {
        using HttpResponseMessage response = await _service.Client.GetAsync(path);
        Assert.Equal(type, response.EnsureSuccessStatusCode().Content.Headers.ContentType!.MediaType);
        Assert.Equal("default-src 'self'; frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
        string text = (await response.Content.ReadAsStringAsync()).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        Assert.DoesNotContain("://", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", HttpStatusCode.NotFound)]
    [InlineData("predict", HttpStatusCode.MethodNotAllowed)]
    public async Task Wrong_addresses_are_problem_details(string path, HttpStatusCode status)
    {
        using HttpResponseMessage response = await _service.Client.GetAsync(path);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_model_for_two_classes_answers_with_both()
    {
        using var folder = new TemporaryModel(new SparseMlp(2, [4], 1, new() { Task = Training.MlpTask.BinaryClassification }));
        using var service = new Service(file: folder.Bytes);
        Service.Answer answer = await service.Predict([1, 0]);
        Assert.Equal(2, answer.Probabilities.Length);
        Assert.Equal(1, answer.Probabilities.Sum(), 1e-6);
        Assert.Equal(answer.Probabilities[1] > 0.5 ? "1" : "0", answer.Label);
    }

    private sealed class TemporaryModel : IDisposable
    {
        private readonly MemoryStream _stream = new();

        public TemporaryModel(SparseMlp model)
        {
            model.Fit([[0, 1], [1, 0]], [0, 1], new FitOptions { Epochs = 2 });
            model.Save(_stream);
        }

        public byte[] Bytes => _stream.ToArray();

        public void Dispose() => _stream.Dispose();
    }
}
