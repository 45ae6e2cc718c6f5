using System.Diagnostics;
using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>
/// Finds out by measurement whether the threads of a team are faster than the caller alone, for steps whose threads must
/// exchange activations: where cores share a cache they gain, where they do not they may lose. Results are the same.
/// </summary>
internal sealed class TeamTrial(WorkerTeam team)
{
    private const int StepsOfTurn = 5;
    private const int Turns = 4;

    /// <summary>Steps after which the question is asked again, since other programs come and go.</summary>
    private const int StepsOfChoice = 2000;

    private readonly double[] _fastest = new double[2];
    private int _step;
    private bool _teamWins = true;

    /// <summary>Who takes the next step: in a trial each in turn, afterwards the faster one.</summary>
    public WorkerTeam Next
    {
        get
        {
            bool isTrial = _step < StepsOfTurn * Turns;
            bool together = isTrial ? _step / StepsOfTurn % 2 == 0 : _teamWins;
            return together ? team : WorkerTeam.Alone;
        }
    }

    /// <summary>Notes how long the step took that <see cref="Next"/> was asked for.</summary>
    public void Record(long startTimestamp)
    {
        if (_step < StepsOfTurn * Turns)
        {
            // The fastest of a few: what disturbs a step can only make it slower.
            ref double fastest = ref _fastest[_step / StepsOfTurn % 2];
            double seconds = Stopwatch.GetElapsedTime(startTimestamp).TotalSeconds;
            fastest = _step < 2 * StepsOfTurn && _step % StepsOfTurn == 0 ? seconds : Math.Min(fastest, seconds);
            _teamWins = _fastest[0] <= _fastest[1];
        }

        _step = _step + 1 == StepsOfChoice ? 0 : _step + 1;
    }
}
