using SparseTraining.Data;
using SparseTraining.Training;

namespace SparseTraining.Persistence;

/// <summary>The state of a run as sections: what it was asked for, its numbers, its history, and up to three networks.</summary>
internal static class CheckpointFile
{
    private const string Kind = "checkpoint";

    public static IEnumerable<ReadOnlyMemory<byte>> Sections(RunState run)
    {
        var writer = new SectionWriter();
        yield return FileHead.Write(writer, Kind);
        writer.Begin("ASKD");
        TextSections.WritePairs(writer, run.Fingerprint);
        yield return writer.End();

        TrainerState state = run.Trainer;
        writer.Begin("STAT");
        writer.Varint(run.Counters.StepsTaken);
        writer.Varint(run.Counters.OptimizerSteps);
        writer.Varint(run.Counters.EpochsBegun);
        writer.Varint(run.Counters.Rewires);
        writer.Varint(state.Step);
        writer.Varint(state.Rewires);
        writer.Varint(state.StepsPerEpoch + 1);
        writer.Double(state.LearningRate);
        writer.Varint(state.Epoch);
        writer.Double(state.BestMetric);
        writer.Varint(state.BestEpoch);
        writer.Varint(state.EpochsSinceBest);
        writer.Varint(state.Records.Count);
        writer.Varint(state.EpochLosses.Count);
        writer.Flag(run.Scaler is not null);
        writer.Varint(run.Scaler?.FeatureCount ?? 0);
        writer.Flag(state.Best is not null);
        writer.Flag(state.Pass is not null);
        writer.Flag(state.Pass?.Before is not null);
        if (state.Pass is { } pass)
        {
            writer.Varint(pass.Steps);
            writer.Varint(pass.Samples);
            writer.Double(pass.LossSum);
            writer.Double(pass.Right);
            writer.Varint(pass.Pruned);
            writer.Varint(pass.Grown);
            writer.Double(pass.Zeta);
            writer.Double(pass.RewireSeconds);
            writer.Double(pass.EarlierSeconds);
        }

        yield return writer.End();
        NetworkSnapshot[] networks = [.. new[] { run.Network, state.Best, state.Pass?.Before }.OfType<NetworkSnapshot>()];
        IEnumerable<ReadOnlyMemory<byte>> rest = RecordSections.Write(writer, state.Records)
            .Concat(ArrayBlocks.Write(writer, "LOSS", state.EpochLosses.Count, (w, first, count) => state.EpochLosses.GetRange(first, count).ForEach(w.Double)))
            .Concat(run.Scaler is null ? [] : ScalerSections.Write(writer, run.Scaler))
            .Concat(networks.SelectMany(network => SnapshotSections.Write(writer, network)));
        foreach (ReadOnlyMemory<byte> section in rest)
        {
            yield return section;
        }

        yield return FileHead.WriteEnd(writer);
    }

    public static IEnumerable<string> Read(SectionReader reader, Action<RunState> done)
    {
        foreach (string tag in FileHead.Read(reader, Kind))
        {
            yield return tag;
        }

        yield return "ASKD";
        KeyValuePair<string, string>[] asked = TextSections.ReadPairs(reader);

        yield return "STAT";
        var counters = new NetworkCounters(Number(), Number(), Small(), Small());
        var state = new TrainerState
        {
            Step = Number(),
            Rewires = Small(),
            StepsPerEpoch = Number() - 1,
            LearningRate = reader.Double(),
            Epoch = Small(),
            BestMetric = reader.Double(),
            BestEpoch = Small(),
            EpochsSinceBest = Small(),
        };
        int records = Small();
        int losses = Small();
        if (records != state.Epoch || losses != state.Epoch || state.BestEpoch > state.Epoch || (state.Epoch > 0 && state.BestEpoch < 1))
        {
            throw reader.Damaged($"after {state.Epoch} epochs there are {records} records and {losses} losses, and epoch {state.BestEpoch} is the best");
        }

        bool scaled = reader.Flag();
        int features = reader.Int32(Array.MaxLength, "a number of features");
        bool hasBest = reader.Flag();
        bool hasPass = reader.Flag();
        bool hasBefore = reader.Flag();
        if (hasBefore && !hasPass)
        {
            throw reader.Damaged("there is a network from before an epoch, but no epoch");
        }

        EpochPass? pass = !hasPass ? null : new EpochPass
        {
            Steps = Number(),
            Samples = Number(),
            LossSum = reader.Double(),
            Right = reader.Double(),
            Pruned = Number(),
            Grown = Number(),
            Zeta = reader.Double(),
            RewireSeconds = reader.Double(),
            EarlierSeconds = reader.Double(),
        };

        FeatureScaler? scaler = null;
        var networks = new List<NetworkSnapshot>();
        IEnumerable<string> rest = RecordSections.Read(reader, records, state.Records)
            .Concat(ArrayBlocks.Read<double>(reader, "LOSS", losses, (r, _, destination) =>
            {
                foreach (ref double loss in destination)
                {
                    loss = r.Double();
                }
            }, state.EpochLosses.AddRange))
            .Concat(scaled ? ScalerSections.Read(reader, features, s => scaler = s) : [])
            .Concat(SnapshotSections.Read(reader, networks.Add))
            .Concat(hasBest ? SnapshotSections.Read(reader, networks.Add) : [])
            .Concat(hasBefore ? SnapshotSections.Read(reader, networks.Add) : []);
        foreach (string tag in rest)
        {
            yield return tag;
        }

        yield return FileHead.End;
        state.Best = hasBest ? networks[1] : null;
        state.Pass = pass;
        if (hasBefore)
        {
            pass!.Before = networks[^1];
        }

        done(new RunState(asked, state, networks[0], counters, scaler));

        long Number() => reader.Varint(long.MaxValue, "a number");

        int Small() => reader.Int32(int.MaxValue, "a number");
    }
}
