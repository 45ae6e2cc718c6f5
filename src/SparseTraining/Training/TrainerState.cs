namespace SparseTraining.Training;

/// <summary>
/// Everything that a run changes outside the network: a checkpoint holds this and the network, and a run that begins with
/// them goes on to the same bits. Random streams are not here: each is made from the seed and one of the numbers.
/// </summary>
internal sealed class TrainerState
{
    /// <summary>Steps of this run.</summary>
    public long Step { get; set; }

    /// <summary>Rewires of this run.</summary>
    public int Rewires { get; set; }

    /// <summary>Steps of an epoch; −1 where the source does not say and no epoch has ended yet.</summary>
    public long StepsPerEpoch { get; set; } = -1;

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate { get; set; }

    /// <summary>The epoch under way, or the next one where <see cref="Pass"/> is null; from 0.</summary>
    public int Epoch { get; set; }

    public EpochPass? Pass { get; set; }

    /// <summary>The history.</summary>
    public List<EpochRecord> Records { get; init; } = [];

    /// <summary>The mean training loss of every epoch, undone ones included: what schedules may look at.</summary>
    public List<double> EpochLosses { get; init; } = [];

    /// <summary>The best value of the monitored metric so far, NaN before the first epoch.</summary>
    public double BestMetric { get; set; } = double.NaN;

    /// <summary>The best epoch so far, from 1.</summary>
    public int BestEpoch { get; set; }

    /// <summary>Epochs since the best one.</summary>
    public int EpochsSinceBest { get; set; }

    /// <summary>The network of the best epoch, where early stopping may go back to it.</summary>
    public NetworkSnapshot? Best { get; set; }

    /// <summary>A copy that a run may change. Snapshots never change and are shared.</summary>
    public TrainerState Clone() => new()
    {
        Step = Step,
        Rewires = Rewires,
        StepsPerEpoch = StepsPerEpoch,
        LearningRate = LearningRate,
        Epoch = Epoch,
        Pass = Pass?.Clone(),
        Records = [.. Records],
        EpochLosses = [.. EpochLosses],
        BestMetric = BestMetric,
        BestEpoch = BestEpoch,
        EpochsSinceBest = EpochsSinceBest,
        Best = Best,
    };
}
