using Microsoft.ML.Runtime;

namespace SparseTraining.MLNet.Training;

/// <summary>Trains networks of several kinds and blends them as held-out rows say.</summary>
internal static class EnsembleTrainer
{
    /// <summary>Trains.</summary>
    /// <param name="task">What is to be trained.</param>
    /// <param name="kinds">The kinds of networks, at least one. Without rows to hold out only the first is used.</param>
    /// <param name="channel">Receives messages.</param>
    public static NetworkEnsemble Train(TrainingTask task, IReadOnlyList<NetworkSettings> kinds, IChannel channel)
    {
        NetworkSettings[] used = [.. task.HoldOut.HoldsOut ? kinds : kinds.Take(1)];
        TrainedKind[] trained = [.. used.Select(kind => TrainedKind.Train(task, kind, channel))];
        double[] shares = used.Length == 1 ? [1] : Weigh(task, trained);
        var members = new List<(SparseMlp Network, float Share)>();
        for (int i = 0; i < used.Length; i++)
        {
            channel.Info($"Share of kind {used[i].Name}: {shares[i]:P0}.");
            if (shares[i] > 0)
            {
                members.AddRange(trained[i].Networks.Select(network => (network, (float)(shares[i] / task.Networks))));
            }
        }

        return NetworkEnsemble.Of(task.Encoder, task.Scale, members);
    }

    private static double[] Weigh(TrainingTask task, TrainedKind[] trained)
    {
        int[] rows = [.. Enumerable.Range(0, task.Networks).SelectMany(i => task.HoldOut.Split(i).Validation)];
        float[] targets = [.. rows.Select(row => task.Scale is null ? task.Rows.Labels[row] : task.Scale.ToNetwork(task.Rows.Labels[row]))];
        float[] weights = [.. rows.Select(row => task.Rows.Weights.Count == 0 ? 1f : task.Rows.Weights[row])];
        return Blend.Weigh([.. trained.Select(kind => kind.HeldOutOutputs)], targets, weights, task.Classes == 0);
    }
}
