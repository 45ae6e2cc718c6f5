using SparseTraining.Training;
using ThesisExperiments.Results;

namespace ThesisExperiments.Views;

/// <summary>What is to be seen while experiments run.</summary>
internal interface IRunView
{
    /// <summary>A run begins, or goes on.</summary>
    /// <param name="title">What runs.</param>
    /// <param name="progress">How far all work is.</param>
    /// <param name="history">The epochs that it already has.</param>
    void Begin(string title, Progress progress, History history);

    /// <summary>A step, or a round of a timing, has ended.</summary>
    /// <param name="done">The share of the run that is done, in [0, 1].</param>
    /// <param name="what">Where it stands, in a few words.</param>
    void Step(double done, string what);

    /// <summary>An epoch has ended.</summary>
    void Epoch(EpochRecord record, History history);

    /// <summary>The run has ended; what it came to, in a line.</summary>
    void End(string line);

    /// <summary>Something else worth a line.</summary>
    void Say(string line);
}
