using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>Counts the samples that a classifier has right.</summary>
internal static class RightSamples
{
    /// <summary>Counts in one tile; none for regression.</summary>
    /// <param name="task">What is right: the likeliest class, or each label on its side of ½.</param>
    /// <param name="outputs">[outputs, width].</param>
    /// <param name="targets">[outputs, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="samples">How many of them hold samples.</param>
    public static int Count(MlpTask task, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int width, int samples)
    {
        if (task == MlpTask.Regression)
        {
            return 0;
        }

        int right = 0;
        for (int s = 0; s < samples; s++)
        {
            bool isRight = task == MlpTask.MulticlassClassification
                ? BlockColumn.Highest(outputs, width, s) == BlockColumn.Highest(targets, width, s)
                : AreOnTheSameSides(outputs, targets, width, s);
            right += isRight ? 1 : 0;
        }

        return right;
    }

    private static bool AreOnTheSameSides(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int width, int column)
    {
        for (int i = column; i < outputs.Length; i += width)
        {
            if (outputs[i] > 0.5f != targets[i] > 0.5f)
            {
                return false;
            }
        }

        return true;
    }
}
