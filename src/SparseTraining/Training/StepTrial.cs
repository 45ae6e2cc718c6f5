using System.Diagnostics;

namespace SparseTraining.Training;

/// <summary>
/// Finds out by measurement which way through a step is the fastest, where that depends on the machine: threads without
/// tiles of their own must exchange activations, and what that costs differs between caches. Results are the same.
/// </summary>
/// <param name="ways">What there is to choose from; one is taken without a trial.</param>
internal sealed class StepTrial(IReadOnlyList<StepWay> ways)
{
    private const int StepsOfTurn = 3;
    private const int Turns = 2;

    /// <summary>Steps after which the question is asked again, since other programs come and go.</summary>
    private const int StepsOfChoice = 2000;

    private readonly double[] _fastest = new double[ways.Count];
    private int _step;
    private int _winner;

    /// <summary>How to take the next step: in a trial each way in turn, afterwards the fastest one.</summary>
    public StepWay Next => ways[IsTrial ? _step / StepsOfTurn % ways.Count : _winner];

    private bool IsTrial => ways.Count > 1 && _step < StepsOfTurn * Turns * ways.Count;

    /// <summary>Notes how long the step took that <see cref="Next"/> was asked for.</summary>
    public void Record(long startTimestamp)
    {
        if (IsTrial)
        {
            // The fastest of a few: what disturbs a step can only make it slower.
            ref double fastest = ref _fastest[_step / StepsOfTurn % ways.Count];
            double seconds = Stopwatch.GetElapsedTime(startTimestamp).TotalSeconds;
            bool isFirst = _step < StepsOfTurn * ways.Count && _step % StepsOfTurn == 0;
            fastest = isFirst ? seconds : Math.Min(fastest, seconds);
            _winner = _fastest.AsSpan().IndexOf(_fastest.Min());
        }

        _step = _step + 1 == StepsOfChoice ? 0 : _step + 1;
    }
}
