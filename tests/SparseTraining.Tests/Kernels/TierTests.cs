using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparseTraining.Tests.Kernels;

/// <summary>
/// A run that claims an instruction-set tier is in it: <c>SPARSETRAINING_TIER</c> says which one was meant, beside the
/// variable of .NET that is to bring it about. A variable that has no effect would otherwise go unnoticed.
/// </summary>
public class TierTests
{
    private const string Variable = "SPARSETRAINING_TIER";

    /// <summary>Whether vectors of 512, 256 and 128 bits are computed by the hardware.</summary>
    private static readonly Dictionary<string, (bool Is512, bool Is256, bool Is128)> Meanings = new()
    {
        ["avx512"] = (true, true, true),
        ["avx2"] = (false, true, true),
        ["vector128"] = (false, false, true),
        ["scalar"] = (false, false, false),
    };

    [Fact]
    public void The_run_is_in_the_tier_that_it_claims()
    {
        var actual = (Vector512.IsHardwareAccelerated, Vector256.IsHardwareAccelerated, Vector128.IsHardwareAccelerated);

        // Whatever the machine has is one of the tiers; a claim says which one.
        Assert.Contains(actual, Meanings.Values);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } claimed)
        {
            Assert.True(Meanings.ContainsKey(claimed), $"{Variable} is \"{claimed}\", none of {string.Join(", ", Meanings.Keys)}.");
            Assert.Equal(Meanings[claimed], actual);

            // Below AVX2 the fused multiply-add must be computed in software, which is the point of that tier.
            Assert.Equal(claimed is "avx512" or "avx2", Fma.IsSupported);
        }
    }
}
