using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SparseTraining.Benchmarks.Comparison.Peers;

namespace SparseTraining.Benchmarks.Comparison.Measurement;

/// <summary>
/// A peer in a process of its own, so that neither its threads, its memory nor how it sets the processor touches another's
/// times. It sleeps while others run.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _otherOutput = [];

    private PeerProcess(PeerName name, Process process)
    {
        Name = name;
        _process = process;
    }

    public PeerName Name { get; }

    /// <summary>Of what it runs.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Starts a peer.</summary>
    /// <param name="name">Which.</param>
    /// <param name="threads">Threads that it may use.</param>
    /// <param name="reason">Why it is not there.</param>
    /// <returns>The peer, or <see langword="null"/> if it is not there.</returns>
    public static PeerProcess? Start(PeerName name, int threads, out string reason)
    {
        string program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        foreach (string argument in (string[])[Program.PeerOption, name.ToString(), Program.ThreadsOption, threads.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        // .NET compiles what runs often anew, but waits for a tenth of a second without new methods, which short turns
        // hardly give. Without the wait the same code is there after a few calls.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "0";
        var peer = new PeerProcess(name, Process.Start(start)!);
        Reply reply = peer.Read();
        reason = reply.Text;
        if (reply.IsReady)
        {
            peer.Version = reply.Text;
            return peer;
        }

        peer.Dispose();
        return null;
    }

    /// <summary>Makes ready for some work.</summary>
    /// <returns>A remark, or <see langword="null"/> if this peer has no such work.</returns>
    public string? Prepare(Work work)
    {
        Reply reply = Ask(new Request(work));
        return reply.IsReady ? reply.Text : null;
    }

    /// <summary>The median time of a run in seconds.</summary>
    public double Measure(TimeSpan duration) => Ask(new Request(null, duration.TotalMilliseconds)).Seconds;

    public void Dispose()
    {
        _process.StandardInput.Close();

        // Its threads may hang in a native library.
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private Reply Ask(Request request)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        _process.StandardInput.Flush();
        return Read();
    }

    private Reply Read()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (Reply.FromLine(line) is { } reply)
            {
                return reply;
            }

            _otherOutput.Add(line);
        }

        throw new PeerFailedException(
            $"The process of \"{Name.Title()}\" ended before it answered. {string.Join(Environment.NewLine, _otherOutput)}");
    }
}
