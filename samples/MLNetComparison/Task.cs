namespace MLNetComparison;

/// <summary>What is to be learnt.</summary>
internal enum Task
{
    Multiclass,
    Binary,
    Regression,
}
