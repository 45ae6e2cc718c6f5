using SparseTraining.Randomness;

namespace SparseTraining.Datasets.Imaging;

/// <summary>
/// What is done to one image: mirrored if <paramref name="Flip"/>, then turned counter-clockwise about its centre by the
/// angle of the given sine and cosine, then shifted right and down by fewer whole pixels than it has.
/// </summary>
internal readonly record struct ImageChange(int Right, int Down, bool Flip, double Sine, double Cosine)
{
    public static ImageChange None => new(0, 0, false, 0, 1);

    public bool IsTurned => Sine != 0 || Cosine != 1;

    /// <summary>Draws the amounts; what is off takes no draw.</summary>
    public static ImageChange Draw(ImageAugmentationOptions options, ImageShape shape, RandomGenerator random)
    {
        int right = DrawShift(options.HorizontalShift.Largest(shape.Width), random);
        int down = DrawShift(options.VerticalShift.Largest(shape.Height), random);
        bool flip = options.HorizontalFlipProbability > 0 && random.NextDouble() < options.HorizontalFlipProbability;
        (double sine, double cosine) = (0, 1);
        if (options.RotationDegrees > 0)
        {
            double degrees = (2 * random.NextDouble() - 1) * options.RotationDegrees;
            (sine, cosine) = Trigonometry.SinCos(degrees * (Math.PI / 180));
        }

        return new ImageChange(right, down, flip, sine, cosine);
    }

    private static int DrawShift(int largest, RandomGenerator random) =>
        largest == 0 ? 0 : random.Next(2 * largest + 1) - largest;
}
