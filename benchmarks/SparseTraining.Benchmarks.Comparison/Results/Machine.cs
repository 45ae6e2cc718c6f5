using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparseTraining.Benchmarks.Comparison.Results;

/// <summary>What a run ran on.</summary>
internal sealed record Machine(string Processor, string Vectors, int UsableProcessors, string System, string Runtime)
{
    public static Machine Current => new(
        ProcessorName(),
        Vector512.IsHardwareAccelerated ? "AVX-512" : Vector256.IsHardwareAccelerated ? "256-bit" : "128-bit",
        Environment.ProcessorCount,
        SystemName(),
        RuntimeInformation.FrameworkDescription);

    private static string ProcessorName()
    {
        // Windows says it in an environment variable, Linux in a file; elsewhere the architecture must do.
        const string Linux = "/proc/cpuinfo";
        string? line = File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))
            : null;
        string? name = line?[(line.IndexOf(':') + 1)..] ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return name?.Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string SystemName()
    {
        const string Release = "/etc/os-release";
        const string Key = "PRETTY_NAME=";
        string? line = File.Exists(Release)
            ? File.ReadLines(Release).FirstOrDefault(text => text.StartsWith(Key, StringComparison.Ordinal))
            : null;
        return line?[Key.Length..].Trim('"') ?? RuntimeInformation.OSDescription;
    }
}
