using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WebApi;

/// <summary>Healthy with the newest model; degraded, but serving, while the file on the disk cannot be loaded.</summary>
public sealed class PredictorHealthCheck(PredictorFile file) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(file.Problem is string problem
            ? HealthCheckResult.Degraded($"The model of {file.LoadedAt:u} goes on, for the newest cannot be loaded: {problem}")
            : HealthCheckResult.Healthy($"The model of {file.LoadedAt:u} serves."));
}
