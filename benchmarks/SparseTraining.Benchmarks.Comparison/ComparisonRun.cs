using System.Runtime.Intrinsics.X86;
using SparseTraining.Benchmarks.Comparison.Measurement;
using SparseTraining.Benchmarks.Comparison.Peers;
using SparseTraining.Benchmarks.Comparison.Results;

namespace SparseTraining.Benchmarks.Comparison;

/// <summary>Starts the peers, compares them at all work, prints, and saves.</summary>
internal sealed class ComparisonRun(ComparisonOptions options)
{
    private readonly List<string> _notes =
    [
        "MKL's sparse routines run without mkl_sparse_optimize and hints: libtorch's library does not export them.",
        "MKL has no weight gradient at given links, so its sparse training row is forward and input gradient only.",
        "Peers read batches where they lie; a step of SparseTraining also gathers and transposes its samples.",
    ];

    private readonly List<PeerProcess> _peers = [];

    public void Execute()
    {
        Machine machine = Machine.Current;
        Console.WriteLine($"{machine.Processor}, {machine.Vectors}, {machine.UsableProcessors} usable processor(s), {machine.System}, {machine.Runtime}");
        try
        {
            StartPeers();
            List<Row> rows = Compare();
            Console.WriteLine();
            _notes.ForEach(note => Console.WriteLine("Note: " + note));
            Save(machine, rows);
        }
        finally
        {
            _peers.ForEach(peer => peer.Dispose());
        }
    }

    private void StartPeers()
    {
        bool isIntel = X86Base.IsSupported && X86Base.CpuId(0, 0).Ebx == 0x756E6547;
        foreach (PeerName name in Enum.GetValues<PeerName>())
        {
            // An Intel processor gets MKL's best kernels as it is.
            if (name.IsTrueSpeed() && isIntel)
            {
                continue;
            }

            if (PeerProcess.Start(name, options.Threads, out string reason) is { } peer)
            {
                _peers.Add(peer);
                Console.WriteLine($"  {name.Title(),-34}{peer.Version}");
            }
            else
            {
                if (!_notes.Any(note => note.EndsWith(reason, StringComparison.Ordinal)))
                {
                    _notes.Add($"Without \"{name.Title()}\": {reason}");
                }

                Console.WriteLine($"  {name.Title(),-34}not there: {reason}");
            }
        }
    }

    private List<Row> Compare()
    {
        var rounds = (options.IsQuick, options.IsSweep) switch
        {
            (true, false) => new Rounds(_peers, count: 5, TimeSpan.FromMilliseconds(60)),
            (true, true) => new Rounds(_peers, count: 3, TimeSpan.FromMilliseconds(20)),
            (false, false) => new Rounds(_peers, count: 9, TimeSpan.FromMilliseconds(200)),
            _ => new Rounds(_peers, count: 7, TimeSpan.FromMilliseconds(60)),
        };
        var rows = new List<Row>();
        foreach (Work work in Works().Where(work => work.Title.Contains(options.Filter, StringComparison.OrdinalIgnoreCase)))
        {
            Row row = rounds.Run(work);
            RowTable.Print(row);
            rows.Add(row);
        }

        return rows;
    }

    private IEnumerable<Work> Works() => options.IsSweep
        ? Suites.Sweep(options.Width ?? (options.IsQuick ? 1000 : 4000), options.IsQuick)
        : Suites.Comparison(options.Threads, options.IsQuick);

    private void Save(Machine machine, List<Row> rows)
    {
        if (options.JsonPath is null)
        {
            return;
        }

        new ComparisonFile
        {
            Date = DateTime.UtcNow,
            Machine = machine,
            Threads = options.Threads,
            IsQuick = options.IsQuick,
            Versions = _peers.ToDictionary(peer => peer.Name.ToString(), peer => peer.Version),
            Notes = _notes,
            Rows = rows,
        }.Save(options.JsonPath);
        Console.WriteLine($"Saved {options.JsonPath}");
    }
}
