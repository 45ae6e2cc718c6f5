using Microsoft.ML.Runtime;

namespace SparseTraining.MLNet.Training;

/// <summary>Lets the data choose between settings, and trains the networks of the one that it chose.</summary>
internal static class EnsembleTrainer
{
    /// <summary>Folds on which candidates are compared.</summary>
    private const int Trials = 2;

    /// <summary>Trains.</summary>
    /// <param name="task">What is to be trained.</param>
    /// <param name="candidates">The settings to choose from, at least one.</param>
    /// <param name="channel">Receives messages.</param>
    public static NetworkEnsemble Train(TrainingTask task, IReadOnlyList<NetworkSettings> candidates, IChannel channel)
    {
        Candidate? best = null;
        foreach (NetworkSettings settings in candidates)
        {
            var candidate = new Candidate(task, settings);
            if (candidates.Count > 1)
            {
                candidate.Train(Math.Min(Trials, settings.Networks), channel);
            }

            if (best is null || candidate.Loss < best.Loss)
            {
                best = candidate;
            }
        }

        best!.Train(best.Settings.Networks, channel);
        channel.Info($"Chosen: {best.Settings}.");
        return best.ToEnsemble();
    }

    /// <summary>The candidates that the user's decisions leave.</summary>
    /// <param name="samples">Rows.</param>
    /// <param name="features">Features of a row.</param>
    /// <param name="options">What the user has decided.</param>
    public static IReadOnlyList<NetworkSettings> Candidates(int samples, int features, SparseMlpTrainerOptions options)
    {
        IEnumerable<NetworkSettings> open = NetworkSettings.Candidates(samples, features);
        if (options.HiddenLayers is not null)
        {
            open = open.Where(settings => settings.Hidden.Length > 0);
        }

        // A network of the user's own leaves nothing to compare.
        return [.. open.Take(options.Network is null ? int.MaxValue : 1).Select(settings => settings.With(options))];
    }
}
