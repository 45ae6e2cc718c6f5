namespace SparseTraining.Datasets.Input;

/// <summary>Turns stored numbers into class labels from 0.</summary>
internal static class WholeNumbers
{
    /// <summary>Subtracts the first class and checks that what is left is a label.</summary>
    /// <exception cref="InvalidDataException">A value is not a whole number, or below the first class, or too large.</exception>
    public static int[] ToLabels(ReadOnlySpan<double> values, int firstLabel, string what)
    {
        var labels = new int[values.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            double label = values[i] - firstLabel;
            if (!(label >= 0 && label <= int.MaxValue) || label != Math.Floor(label))
            {
                throw new InvalidDataException(
                    $"{what}: sample {i} has the label {values[i]}; labels must be whole numbers from {firstLabel}.");
            }

            labels[i] = (int)label;
        }

        return labels;
    }
}
