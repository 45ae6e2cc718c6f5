// Serves predictions of a model file, and a page to try them on:
//   dotnet run -c Release --project samples/WebApi
// then open http://127.0.0.1:5180
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using SparseTraining;
using WebApi;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string model = Path.GetFullPath(builder.Configuration["Model:Path"] ?? "model.sparse", builder.Environment.ContentRootPath);
if (!File.Exists(model))
{
    Console.WriteLine($"Training {model} ...");
    Console.WriteLine($"Test accuracy {DigitModel.Train(model):P1}");
}

// 1. The model: loaded once, served to every request, loaded anew when the file changes.
builder.Services.AddSparseMlpPredictor(model);

// 2. Errors as problem details (RFC 9457). What is wrong with a body is the client's to know; anything else is not.
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 1 << 20);
builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
{
    if (context.Exception is BadHttpRequestException bad)
    {
        context.ProblemDetails.Detail = bad.InnerException is JsonException json
            ? $"The body is not the JSON expected here, at {json.Path ?? "$"}, line {json.LineNumber + 1}, byte {json.BytePositionInLine}."
            : bad.Message;
    }
});

WebApplication app = builder.Build();
app.UseExceptionHandler(new ExceptionHandlerOptions
{
    StatusCodeSelector = exception => exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
    SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
});
app.UseStatusCodePages();
app.Use((context, next) =>
{
    context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'";
    context.Response.Headers.XContentTypeOptions = "nosniff";
    return next(context);
});
app.UseDefaultFiles();
app.UseStaticFiles();

// 3. The endpoints. A predictor may be used by any number of requests at once.
app.MapPost("/predict", IResult (PredictionRequest request, SparseMlpPredictor predictor) => request.Problems(predictor) is { Count: > 0 } problems
    ? TypedResults.ValidationProblem(problems)
    : TypedResults.Ok(PredictionResponse.Of(predictor, request.Features!)));
app.MapGet("/model", (PredictorFile file) => ModelDescription.Of(file));
IReadOnlyList<DigitImage> images = DigitModel.TestImages();
app.MapGet("/images", () => images);
app.MapHealthChecks("/healthz", new HealthCheckOptions
{
    ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Description),
    }),
});
app.Run();
