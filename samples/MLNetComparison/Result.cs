namespace MLNetComparison;

/// <summary>What a trainer reached on a data set, averaged over the folds.</summary>
/// <param name="Trainer">Its name.</param>
/// <param name="Score">Accuracy, or R² for regression.</param>
/// <param name="Seconds">Time of Fit, its preparation included.</param>
internal sealed record Result(string Trainer, double Score, double Seconds);
