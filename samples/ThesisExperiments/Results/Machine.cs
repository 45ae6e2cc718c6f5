using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SparseTraining;

namespace ThesisExperiments.Results;

/// <summary>Where a result was measured.</summary>
internal sealed record Machine(
    string Cpu, int Processors, int Threads, string System, string Runtime, string Library, string Instructions)
{
    /// <summary>This machine.</summary>
    /// <param name="threads">Threads that training may use, or −1 for one a processor.</param>
    public static Machine Here(int threads) => new(
        CpuName(),
        Environment.ProcessorCount,
        threads == -1 ? Environment.ProcessorCount : threads,
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
        RuntimeInformation.FrameworkDescription,
        typeof(SparseMlp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        Vector512.IsHardwareAccelerated ? "512 bits" : Vector256.IsHardwareAccelerated ? "256 bits" : Vector128.IsHardwareAccelerated ? "128 bits" : "scalar");

    private static string CpuName()
    {
        const string Linux = "/proc/cpuinfo";
        string? line = File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
