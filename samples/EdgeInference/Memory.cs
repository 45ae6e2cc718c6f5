using System.Globalization;

namespace EdgeInference;

/// <summary>How much memory the process holds right now.</summary>
internal static class Memory
{
    /// <summary>Bytes; from the kernel where it is Linux, whose file is read without growing the program by a process API.</summary>
    public static long WorkingSet()
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status))
        {
            return Environment.WorkingSet;
        }

        string line = File.ReadLines(Status).First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan(6, line.Length - 8).Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
