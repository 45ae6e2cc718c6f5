namespace WebApi;

/// <summary>Registers a model file for dependency injection.</summary>
public static class SparseMlpPredictorServices
{
    /// <summary>
    /// Makes <see cref="SparseTraining.SparseMlpPredictor"/> available to whoever asks for one: the newest that the file held,
    /// loaded when the application starts and again whenever the file changes. One predictor serves all requests at once.
    /// Adds a health check called <c>predictor</c>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="path">The model file. It must be there when the application starts.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSparseMlpPredictor(this IServiceCollection services, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        services.AddSingleton(provider => new PredictorFile(path, provider.GetRequiredService<ILogger<PredictorFile>>()));
        services.AddHostedService(provider => provider.GetRequiredService<PredictorFile>());
        services.AddTransient(provider => provider.GetRequiredService<PredictorFile>().Predictor);
        services.AddHealthChecks().AddCheck<PredictorHealthCheck>("predictor");
        return services;
    }
}
