namespace SparseTraining.Training;

/// <summary>The callbacks that keep the state of a run, and which of them wait for the next safe point.</summary>
internal sealed class CheckpointSinks(IEnumerable<TrainingCallback> callbacks)
{
    private readonly ICheckpointSink[] _sinks = [.. callbacks.OfType<ICheckpointSink>()];
    private readonly List<ICheckpointSink> _waiting = [];

    public bool Any => _sinks.Length > 0;

    public bool AnyWaiting => _waiting.Count > 0;

    public void Begin(long step)
    {
        foreach (ICheckpointSink sink in _sinks)
        {
            sink.Begin(step);
        }
    }

    /// <summary>Asks after a step; whoever wants the state then waits for it.</summary>
    public void AfterStep(in StepRecord record)
    {
        foreach (ICheckpointSink sink in _sinks)
        {
            if (sink.WantsStep(record))
            {
                _waiting.Add(sink);
            }
        }
    }

    /// <summary>Gives the state to those who wait.</summary>
    public void Keep(RunState run)
    {
        foreach (ICheckpointSink sink in _waiting)
        {
            sink.Keep(run, isBest: false);
        }

        _waiting.Clear();
    }

    /// <summary>Gives the state to those who wait and to those who want it after this epoch.</summary>
    public void AfterEpoch(EpochRecord record, bool isBest, RunState run)
    {
        foreach (ICheckpointSink sink in _sinks)
        {
            if (_waiting.Contains(sink) || sink.WantsEpoch(record, isBest))
            {
                sink.Keep(run, isBest);
            }
        }

        _waiting.Clear();
    }

    /// <summary>Lets nobody wait any more: the run has left the way that could be resumed.</summary>
    public void Forget() => _waiting.Clear();
}
