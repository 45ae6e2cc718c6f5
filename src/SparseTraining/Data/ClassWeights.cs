namespace SparseTraining.Data;

/// <summary>Factors on the loss that make up for classes of unequal size.</summary>
public static class ClassWeights
{
    /// <summary>samples / (classes · samples of the class), so that all classes weigh the same and the mean weight is 1.</summary>
    /// <param name="data">Data with class labels.</param>
    /// <param name="classes">Classes, at least 1. A class without samples gets 0.</param>
    /// <returns>One factor a class.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 1.</exception>
    /// <exception cref="ArgumentException">A label is not in [0, <paramref name="classes"/>).</exception>
    public static float[] Balanced(Dataset data, int classes)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        var counts = new int[classes];
        for (int i = 0; i < data.Count; i++)
        {
            int label = data.Label(i);
            if ((uint)label >= (uint)classes)
            {
                throw new ArgumentException($"Sample {i} has the label {label}; labels must lie in [0, {classes}).", nameof(data));
            }

            counts[label]++;
        }

        return [.. counts.Select(count => count == 0 ? 0f : (float)data.Count / ((float)classes * count))];
    }
}
