using SparseTraining.Tiers.Tests;

[assembly: AssemblyFixture(typeof(NewBits))]

namespace SparseTraining.Tiers.Tests;

/// <summary>
/// Writes the bits of this build to the file that <c>SPARSETRAINING_NEW_BITS</c> names, where somebody set it: for a
/// change that is meant to change bits. Tests compare with the file that was there when they were built, and never write.
/// </summary>
public sealed class NewBits
{
    public NewBits()
    {
        if (Environment.GetEnvironmentVariable("SPARSETRAINING_NEW_BITS") is { Length: > 0 } path)
        {
            File.WriteAllLines(path, Configuration.All.Select(c => GoldenBits.Line(c, TrainedBits.Of(c, threads: 1))));
        }
    }
}
