using SparseTraining.Training;

namespace SparseTraining.Persistence;

/// <summary>The history of a run: one section RECD an epoch.</summary>
internal static class RecordSections
{
    public static IEnumerable<ReadOnlyMemory<byte>> Write(SectionWriter writer, IReadOnlyList<EpochRecord> records)
    {
        foreach (EpochRecord record in records)
        {
            writer.Begin("RECD");
            writer.Varint(record.Epoch);
            writer.Varint(record.EpochCount);
            writer.Varint(record.Step);
            writer.Double(record.TrainingLoss);
            writer.Double(record.TrainingAccuracy);
            writer.Double(record.LearningRate);
            writer.Double(record.Zeta);
            writer.Varint(record.LinksPruned);
            writer.Varint(record.LinksGrown);
            writer.Flag(record.WasUndone);
            writer.Double(record.TrainingSeconds);
            writer.Double(record.RewireSeconds);
            writer.Double(record.EvaluationSeconds);
            writer.Flag(record.Validation is not null);
            if (record.Validation is not null)
            {
                Write(writer, record.Validation);
            }

            yield return writer.End();
        }
    }

    public static IEnumerable<string> Read(SectionReader reader, int count, List<EpochRecord> records)
    {
        while (records.Count < count)
        {
            yield return "RECD";
            records.Add(new EpochRecord
            {
                Epoch = reader.Int32(int.MaxValue, "an epoch"),
                EpochCount = reader.Int32(int.MaxValue, "a number of epochs"),
                Step = reader.Varint(long.MaxValue, "a step"),
                TrainingLoss = reader.Double(),
                TrainingAccuracy = reader.Double(),
                LearningRate = reader.Double(),
                Zeta = reader.Double(),
                LinksPruned = reader.Varint(long.MaxValue, "a number of links"),
                LinksGrown = reader.Varint(long.MaxValue, "a number of links"),
                WasUndone = reader.Flag(),
                TrainingSeconds = reader.Double(),
                RewireSeconds = reader.Double(),
                EvaluationSeconds = reader.Double(),
                Validation = reader.Flag() ? ReadEvaluation(reader) : null,
            });
        }
    }

    private static void Write(SectionWriter writer, EvaluationResult result)
    {
        writer.Varint(result.SampleCount);
        writer.Double(result.Loss);
        writer.Double(result.Accuracy);
        writer.Double(result.LabelAccuracy);
        writer.Double(result.LogLoss);
        writer.Double(result.MeanSquaredError);
        writer.Double(result.MeanAbsoluteError);
        writer.Double(result.RSquared);
        WriteCounts(writer, result.RankCounts);
        writer.Varint(result.ConfusionMatrix.Count);
        foreach (IReadOnlyList<long> row in result.ConfusionMatrix)
        {
            WriteCounts(writer, row);
        }

        writer.Varint(result.Classes.Count);
        foreach (ClassMetrics metrics in result.Classes)
        {
            writer.Double(metrics.Precision);
            writer.Double(metrics.Recall);
            writer.Double(metrics.F1);
            writer.Varint(metrics.Support);
        }
    }

    private static EvaluationResult ReadEvaluation(SectionReader reader)
    {
        long samples = reader.Varint(long.MaxValue, "a number of samples");
        (double loss, double accuracy, double labels, double logLoss) = (reader.Double(), reader.Double(), reader.Double(), reader.Double());
        (double squared, double absolute, double r2) = (reader.Double(), reader.Double(), reader.Double());
        long[] ranks = ReadCounts(reader);
        var confusion = new long[reader.Int32(reader.Remaining, "a number of classes")][];
        for (int i = 0; i < confusion.Length; i++)
        {
            confusion[i] = ReadCounts(reader);
        }

        var classes = new ClassMetrics[reader.Int32(reader.Remaining / (3 * sizeof(double)), "a number of classes")];
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = new ClassMetrics(reader.Double(), reader.Double(), reader.Double(), reader.Varint(long.MaxValue, "a number of samples"));
        }

        return new EvaluationResult(ranks)
        {
            SampleCount = samples,
            Loss = loss,
            Accuracy = accuracy,
            LabelAccuracy = labels,
            LogLoss = logLoss,
            MeanSquaredError = squared,
            MeanAbsoluteError = absolute,
            RSquared = r2,
            ConfusionMatrix = confusion,
            Classes = classes,
        };
    }

    private static void WriteCounts(SectionWriter writer, IReadOnlyList<long> counts)
    {
        writer.Varint(counts.Count);
        foreach (long count in counts)
        {
            writer.Varint(count);
        }
    }

    private static long[] ReadCounts(SectionReader reader)
    {
        var counts = new long[reader.Int32(reader.Remaining, "a length")];
        foreach (ref long count in counts.AsSpan())
        {
            count = reader.Varint(long.MaxValue, "a number of samples");
        }

        return counts;
    }
}
