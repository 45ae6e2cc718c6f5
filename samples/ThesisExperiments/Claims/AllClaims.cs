using ThesisExperiments.Definitions;
using ThesisExperiments.Results;

namespace ThesisExperiments.Claims;

/// <summary>Every claim of an experiment, judged.</summary>
internal static class AllClaims
{
    /// <summary>Judges the claims, for each kind of settings that there are results of.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="runs">All its training runs.</param>
    /// <param name="timings">All its timings.</param>
    public static IReadOnlyList<Claim> Of(Experiment experiment, IReadOnlyList<RunResult> runs, IReadOnlyList<TimingResult> timings)
    {
        string[] settings = [.. runs.Select(run => run.SettingsName).Concat(timings.Select(timing => timing.SettingsName)).Distinct().OrderDescending()];
        return [.. (settings.Length == 0 ? [TrainingSettings.ThesisName] : settings).SelectMany(name => experiment.Data.SelectMany(data => Of(
            experiment,
            DataDefinition.Of(data),
            new Evidence(
                name,
                [.. runs.Where(run => run.SettingsName == name && run.Data.Key == data)],
                [.. timings.Where(timing => timing.SettingsName == name && timing.Data.Key == data)]))))];
    }

    private static IEnumerable<Claim> Of(Experiment experiment, DataDefinition data, Evidence evidence)
    {
        IEnumerable<Claim> claims = experiment.Key switch
        {
            "datasets" => DataSetClaims.Of(data.Key, data.Name, evidence),
            "keras" => KerasClaims.Of(evidence),
            "operations" => OperationsClaims.Of(evidence),
            "deep" => DeepClaims.Of(evidence),
            _ => PeerClaims.Of(experiment.Key, evidence),
        };

        claims = claims.Select(claim => claim with { Data = data.Key, SettingsName = evidence.SettingsName });

        // Accuracy on generated data says nothing about what was reported on real data; times and counts do.
        return evidence.Data is { IsGenerated: true }
            ? claims.Select(claim => claim.NeedsRealData
                ? claim with { Outcome = Outcome.NotMeasured, Reason = $"Generated stand-in, which says nothing about the real data. {claim.Reason}" }
                : claim)
            : claims;
    }
}
