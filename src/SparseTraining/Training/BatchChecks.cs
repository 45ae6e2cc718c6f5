using SparseTraining.Data;

namespace SparseTraining.Training;

/// <summary>What must hold between a data source and a network, checked before anything is changed.</summary>
internal static class BatchChecks
{
    /// <summary>Checks shapes, and in memory also every value and label.</summary>
    public static void ThrowIfUnfit(BatchSource source, int inputs, int outputs, MlpTask task, bool needsTargets, string argument)
    {
        if (source.FeatureCount != inputs)
        {
            throw new ArgumentException($"The data has {source.FeatureCount} features a sample; the network has {inputs} inputs.", argument);
        }

        if (source.SampleCount == 0)
        {
            throw new ArgumentException("There are no samples; at least 1 is needed.", argument);
        }

        if (needsTargets)
        {
            ThrowIfWrongTargets(source, outputs, task, argument);
        }

        if (source is Dataset data)
        {
            data.ThrowIfNotFinite(argument);
            for (int i = 0; needsTargets && task == MlpTask.MultiLabelClassification && i < data.Count; i++)
            {
                ThrowIfNoFlags(data.TargetValues(i), i, argument);
            }

            if (needsTargets && data.TargetKind == TargetKind.ClassLabels)
            {
                int classes = ClassCount(outputs, task);
                for (int i = 0; i < data.Count; i++)
                {
                    ThrowIfNoClass(data.Label(i), classes, i, argument);
                }
            }
        }
    }

    /// <summary>Checks one batch of a source that could not be checked as a whole.</summary>
    public static void ThrowIfUnfit(MiniBatch batch, int count, int outputs, MlpTask task, string argument)
    {
        batch.ThrowIfUnfit(count, argument);
        if (batch.IgnoresTargets)
        {
            return;
        }

        int classes = ClassCount(outputs, task);
        int wrong = batch.Weights[..count].IndexOfAnyExceptInRange(0f, float.MaxValue);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"Sample {batch.SampleIndices[wrong]} has weight {batch.Weights[wrong]}; weights must be finite and at least 0.", argument);
        }

        for (int i = 0; i < count; i++)
        {
            if (batch.TargetKind == TargetKind.ClassLabels)
            {
                ThrowIfNoClass(batch.Labels[i], classes, batch.SampleIndices[i], argument);
            }
            else if (batch.TargetKind == TargetKind.Values)
            {
                ReadOnlySpan<float> targets = batch.Targets(i);
                wrong = targets.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
                if (wrong >= 0)
                {
                    throw new ArgumentException(
                        $"Sample {batch.SampleIndices[i]} has the value {targets[wrong]} in target {wrong}; targets must be finite.", argument);
                }

                if (task == MlpTask.MultiLabelClassification)
                {
                    ThrowIfNoFlags(targets, batch.SampleIndices[i], argument);
                }
            }
        }
    }

    /// <summary>Classes that labels tell apart.</summary>
    public static int ClassCount(int outputs, MlpTask task) => task == MlpTask.BinaryClassification ? 2 : outputs;

    private static void ThrowIfWrongTargets(BatchSource source, int outputs, MlpTask task, string argument)
    {
        bool wantsLabels = task is MlpTask.MulticlassClassification or MlpTask.BinaryClassification;
        if (wantsLabels && source.TargetKind != TargetKind.ClassLabels)
        {
            throw new ArgumentException($"{task} is trained on class labels; the data has {Describe(source.TargetKind)}.", argument);
        }

        if (!wantsLabels && (source.TargetKind != TargetKind.Values || source.TargetCount != outputs))
        {
            throw new ArgumentException(
                $"{task} with {outputs} outputs is trained on {outputs} target values a sample; the data has {(source.TargetKind == TargetKind.Values ? $"{source.TargetCount}" : Describe(source.TargetKind))}.",
                argument);
        }
    }

    private static void ThrowIfNoFlags(ReadOnlySpan<float> targets, long sample, string argument)
    {
        int wrong = targets.IndexOfAnyExceptInRange(0f, 1f);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"Sample {sample} has the value {targets[wrong]} for label {wrong}; flags of labels must lie in [0, 1].", argument);
        }
    }

    private static string Describe(TargetKind kind) => kind switch
    {
        TargetKind.ClassLabels => "class labels",
        TargetKind.Values => "target values",
        _ => "no targets",
    };

    private static void ThrowIfNoClass(int label, int classes, long sample, string argument)
    {
        if ((uint)label >= (uint)classes)
        {
            throw new ArgumentException($"Sample {sample} has the label {label}; labels must lie in [0, {classes}).", argument);
        }
    }
}
