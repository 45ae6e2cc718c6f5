namespace SparseTraining.Training;

/// <summary>What adds up over the epoch under way, and the network as it was before it where the epoch may be undone.</summary>
internal sealed class EpochPass
{
    /// <summary>Steps taken in the epoch.</summary>
    public long Steps { get; set; }

    /// <summary>Samples trained on in the epoch.</summary>
    public long Samples { get; set; }

    public double LossSum { get; set; }

    /// <summary>Samples classified rightly while training.</summary>
    public double Right { get; set; }

    public long Pruned { get; set; }

    public long Grown { get; set; }

    public double Zeta { get; set; } = double.NaN;

    public double RewireSeconds { get; set; }

    /// <summary>Seconds of the epoch that were spent before the run was stopped and resumed.</summary>
    public double EarlierSeconds { get; set; }

    public NetworkSnapshot? Before { get; set; }

    public EpochPass Clone() => (EpochPass)MemberwiseClone();
}
