namespace SparseTraining.Datasets;

/// <summary>
/// How a sample's features form an image: channel after channel, within a channel row after row from the top, within a
/// row from the left.
/// </summary>
public readonly record struct ImageShape
{
    /// <summary>Says the sizes.</summary>
    /// <param name="channels">Channels, at least 1: 1 for grey, 3 for colour.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Pixels of a row, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the image has more values than an array.</exception>
    public ImageShape(int channels, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if ((Int128)channels * height * width > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(channels), channels, $"{channels} × {height} × {width} values are more than the {Array.MaxLength} of an array.");
        }

        Channels = channels;
        Height = height;
        Width = width;
    }

    /// <summary>Channels.</summary>
    public int Channels { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Pixels of a row.</summary>
    public int Width { get; }

    /// <summary>Features of a sample: channels × height × width.</summary>
    public int FeatureCount => Channels * Height * Width;

    /// <inheritdoc/>
    public override string ToString() => $"{Channels} × {Height} × {Width}";
}
