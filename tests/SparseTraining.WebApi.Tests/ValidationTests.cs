using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace SparseTraining.WebApi.Tests;

public sealed class ValidationTests : IDisposable
{
    private readonly Service _service = new();

    public void Dispose() => _service.Dispose();

    [Theory]
    [InlineData("{}", "The field is required: 64 numbers.")]
    [InlineData("""{"features":null}""", "The field is required: 64 numbers.")]
    [InlineData("""{"features":[]}""", "There are 0 numbers; the model takes 64.")]
    [InlineData("""{"features":[1,2,3]}""", "There are 3 numbers; the model takes 64.")]
    public async Task Wrong_features_are_named_in_a_validation_problem(string body, string message)
    {
        JsonElement problem = await Refused(body, HttpStatusCode.BadRequest);
        Assert.Equal(message, problem.GetProperty("errors").GetProperty("features").EnumerateArray().Single().GetString());
    }

    [Theory]
    [InlineData("1e39")]
    [InlineData("-1e999")]
    public async Task A_number_that_becomes_infinite_is_refused(string number)
    {
        string zeros = string.Join(',', Enumerable.Repeat("0", 63));
        JsonElement problem = await Refused($$"""{"features":[{{zeros}},{{number}}]}""", HttpStatusCode.BadRequest);
        Assert.Equal("Number 63 is too large for single precision.", problem.GetProperty("errors").GetProperty("features")[0].GetString());
    }

    [Theory]
    [InlineData("""{"features":[1,"a"]}""", "$.features[1]")]
    [InlineData("""{"features":[1,NaN]}""", "$.features[1]")]
    [InlineData("""{"features":7}""", "$.features")]
    [InlineData("""{"features":[1,""", "$.features")]
    [InlineData("[1,2]", "$")]
    public async Task Other_JSON_is_refused_with_the_place(string body, string path)
    {
        JsonElement problem = await Refused(body, HttpStatusCode.BadRequest);
        Assert.StartsWith($"The body is not the JSON expected here, at {path}", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_body_is_refused() => await Refused("", HttpStatusCode.BadRequest);

    [Fact]
    public async Task Another_type_of_content_is_refused() => await Refused("features=1", HttpStatusCode.UnsupportedMediaType, "application/x-www-form-urlencoded");

    private async Task<JsonElement> Refused(string body, HttpStatusCode status, string type = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using HttpResponseMessage response = await _service.Client.PostAsync("predict", content);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        return problem;
    }
}
