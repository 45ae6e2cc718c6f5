using System.Net.Http.Json;
using System.Text.Json;

namespace SparseTraining.WebApi.Tests;

public class FirstStartTests
{
    [Fact]
    public async Task Without_a_file_a_model_is_trained_that_knows_the_test_images()
    {
        using var service = new Service(constantClass: null);
        JsonElement images = await service.Client.GetFromJsonAsync<JsonElement>("images");
        Assert.True(File.Exists(service.ModelPath));
        int right = 0;
        foreach (JsonElement image in images.EnumerateArray())
        {
            float[] features = image.GetProperty("features").Deserialize<float[]>()!;
            right += (await service.Predict(features)).Label == image.GetProperty("label").GetString() ? 1 : 0;
        }

        Assert.InRange(right, 28, 30);
    }
}
