namespace ThesisExperiments.Claims;

/// <summary>A row of the table of thesis against measured.</summary>
/// <param name="Subject">Which data set or network, and with which settings.</param>
/// <param name="Text">What is claimed.</param>
/// <param name="Source">Who claims it: the thesis, others, or a goal of this project.</param>
/// <param name="Reported">The number or words of the source.</param>
/// <param name="Measured">The same from the data.</param>
/// <param name="Outcome">The verdict.</param>
/// <param name="Reason">The numbers behind it, in a sentence.</param>
internal sealed record Claim(
    string Subject, string Text, string Source, string Reported, string Measured, Outcome Outcome, string Reason)
{
    public const string Thesis = "thesis", Others = "others", Goal = "goal", Hypothesis = "hypothesis";

    /// <summary>The key of the data set.</summary>
    public string Data { get; init; } = "";

    /// <summary>The name of the settings.</summary>
    public string SettingsName { get; init; } = "";

    /// <summary>Whether it is about a number that is counted, and so has no noise.</summary>
    public bool IsCounted { get; init; }

    /// <summary>Whether it is about accuracy, of which generated data says nothing; times and counts it can tell.</summary>
    public bool NeedsRealData { get; init; } = true;
}
