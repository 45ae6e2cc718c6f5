using System.Diagnostics;
using System.Text.RegularExpressions;
using SparseTraining.Randomness;

namespace SparseTraining.Fuzz;

/// <summary>Gives a reader damaged inputs and holds it to its promises: documented exceptions, bounded memory, no hang.</summary>
internal static partial class Fuzzer
{
    private const double LongestSeconds = 2;

    /// <summary>Runs one target; the number of findings.</summary>
    public static int Run(Target target, long inputs, ulong seed, string output)
    {
        foreach (byte[] good in target.Seeds)
        {
            target.Read(good);
        }

        var random = RandomGenerator.Named(seed, target.Name);
        var mutator = new Mutator(target.Seeds, target.HasSections, random);
        var reasons = new HashSet<string>();
        var findings = new HashSet<string>();
        long read = 0;
        double slowest = 0;
        double most = 0;
        var watch = Stopwatch.StartNew();
        for (long i = 0; i < inputs; i++)
        {
            byte[] input = mutator.Next();
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            string? finding = null;
            try
            {
                target.Read(input);
                if (read++ % 16 == 0)
                {
                    mutator.Keep(input);
                }
            }
            catch (InvalidDataException e)
            {
                // Numbers differ from input to input; what is left of a message tells where it comes from.
                if (reasons.Count < 5000 && reasons.Add(Variable().Replace(e.Message, "#")))
                {
                    mutator.Keep(input);
                }
            }
            catch (Exception e)
            {
                finding = $"{e.GetType().Name} in {e.StackTrace?.Split('\n')[0].Trim()}: {e.Message}";
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            if (seconds > LongestSeconds)
            {
                // A busy machine may have stopped the process meanwhile; an input that is slow is slow again.
                seconds = Math.Min(seconds, SecondsOnceMore(target, input));
            }

            double share = (double)allocated / (target.BytesFree + (target.BytesPerByte * input.Length));
            slowest = Math.Max(slowest, seconds);
            most = Math.Max(most, share);
            finding ??= share > 2 ? $"{allocated} bytes allocated for an input of {input.Length}" : seconds > LongestSeconds ? $"{seconds:F1} seconds" : null;
            if (finding is not null && findings.Count < 20 && findings.Add(Variable().Replace(finding, "#")))
            {
                string file = Path.Combine(output, $"{target.Name}-{findings.Count}.bin");
                Directory.CreateDirectory(output);
                File.WriteAllBytes(file, input);
                Console.Error.WriteLine($"{target.Name}: {finding} ({file})");
            }
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{target.Name,-12} {inputs,9:N0} inputs, {read,8:N0} read, {reasons.Count,5} kinds of refusal, at most {most,4:P0} of the bound on memory, slowest {1000 * slowest:F0} ms, {watch.Elapsed.TotalSeconds:F0} s: {findings.Count} findings"));
        return findings.Count;
    }

    private static double SecondsOnceMore(Target target, byte[] input)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            target.Read(input);
        }
        catch (InvalidDataException)
        {
            // Only the time matters here.
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    [GeneratedRegex(@"[0-9a-fA-F]{8}|-?\d[\d.,eE+-]*|""[^""]*""?|'[^']*'?|\[[^]]*\]?")]
    private static partial Regex Variable();
}
