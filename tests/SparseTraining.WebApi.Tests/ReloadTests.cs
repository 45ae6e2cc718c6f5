using System.Net.Http.Json;
using System.Text.Json;
using SparseTraining.Datasets;

namespace SparseTraining.WebApi.Tests;

public class ReloadTests
{
    private static readonly float[] Paper = new float[64];

    [Fact]
    public async Task A_saved_model_takes_over()
    {
        using var service = new Service(constantClass: 1);
        Assert.Equal("1", (await service.Predict(Paper)).Label);
        Service.Constant(2).Save(service.ModelPath);
        await Service.Until(async () => (await service.Predict(Paper)).Label == "2");
        Service.Constant(3).Save(service.ModelPath);
        await Service.Until(async () => (await service.Predict(Paper)).Label == "3");
    }

    [Fact]
    public async Task A_damaged_file_changes_nothing_but_health()
    {
        using var service = new Service(constantClass: 1);
        Assert.Equal("Healthy", await Health(service));
        await File.WriteAllBytesAsync(service.ModelPath, File.ReadAllBytes(service.ModelPath)[..100]);
        await Service.Until(async () => await Health(service) == "Degraded");
        Assert.Equal("1", (await service.Predict(Paper)).Label);
        Service.Constant(4).Save(service.ModelPath);
        await Service.Until(async () => await Health(service) == "Healthy");
        Assert.Equal("4", (await service.Predict(Paper)).Label);
    }

    [Fact]
    public async Task A_file_that_is_deleted_and_comes_back_is_loaded()
    {
        using var service = new Service(constantClass: 1);
        Assert.Equal("1", (await service.Predict(Paper)).Label);
        File.Delete(service.ModelPath);
        await Service.Until(async () => await Health(service) == "Degraded");
        Assert.Equal("1", (await service.Predict(Paper)).Label);
        Service.Constant(5).Save(service.ModelPath);
        await Service.Until(async () => (await service.Predict(Paper)).Label == "5");
    }

    [Fact]
    public async Task A_model_with_other_inputs_changes_what_is_valid()
    {
        using var service = new Service(constantClass: 1);
        Assert.Equal("1", (await service.Predict(Paper)).Label);
        var small = new SparseMlp(3, [4], 2) { ClassNames = ["no", "yes"] };
        small.Fit([[0, 0, 0], [1, 1, 1]], [0, 1], new FitOptions { Epochs = 1 });
        small.Save(service.ModelPath);
        await Service.Until(async () => (await service.Client.GetFromJsonAsync<JsonElement>("model")).GetProperty("inputs").GetInt32() == 3);
        Assert.Contains((await service.Predict([1, 1, 1])).Label, small.ClassNames);
    }

    [Fact]
    public async Task Requests_at_once_are_all_answered_by_one_model_or_the_other_while_it_is_replaced()
    {
        using var service = new Service(constantClass: 0);
        float[][] possible = [.. Enumerable.Range(0, 2).Select(number => Service.Constant(number).Predict(Paper))];
        int answered = 0;
        using var done = new CancellationTokenSource();
        Task[] clients = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                Service.Answer answer = await service.Predict(Paper);
                Assert.Contains(possible, probabilities => probabilities.AsSpan().SequenceEqual(answer.Probabilities));
                Interlocked.Increment(ref answered);
            }
        }))];
        for (int save = 1; save <= 10; save++)
        {
            Service.Constant(save % 2).Save(service.ModelPath);
            string expected = Digits.ClassNames[save % 2];
            await Service.Until(async () => (await service.Predict(Paper)).Label == expected);
        }

        await done.CancelAsync();
        await Task.WhenAll(clients);
        Assert.True(answered > 8, $"Only {answered} requests were answered.");
    }

    [Fact]
    public void A_service_does_not_start_with_a_file_that_is_no_model()
    {
        using var service = new Service(file: [1, 2, 3]);
        Assert.Throws<InvalidDataException>(() => service.Client);
    }

    private static async Task<string> Health(Service service) =>
        (await service.Client.GetFromJsonAsync<JsonElement>("healthz")).GetProperty("status").GetString()!;
}
