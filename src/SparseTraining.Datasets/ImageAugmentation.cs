using SparseTraining.Data;
using SparseTraining.Datasets.Imaging;
using SparseTraining.Randomness;

namespace SparseTraining.Datasets;

/// <summary>
/// Hands on the images of another source, each one shifted, mirrored and turned a little at random, so that a network
/// sees no image twice. Targets and weights pass unchanged.
/// </summary>
/// <remarks>
/// A pass without a random stream (prediction, evaluation) changes nothing. In a training pass the order of the samples
/// is the one that the inner source would have without augmentation, and equal streams give equal passes to the bit,
/// whatever the batch size.
/// </remarks>
public sealed class ImageAugmentation : BatchSource
{
    private readonly BatchSource _source;
    private readonly ImageShape _shape;
    private readonly ImageAugmentationOptions _options;

    /// <summary>Wraps a source.</summary>
    /// <param name="source">Where the images come from.</param>
    /// <param name="shape">How the features of a sample form an image.</param>
    /// <param name="options">What is done to the images.</param>
    /// <exception cref="ArgumentException">The shape does not fit the source, or an amount is out of range.</exception>
    public ImageAugmentation(BatchSource source, ImageShape shape, ImageAugmentationOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        if (shape.FeatureCount != source.FeatureCount)
        {
            throw new ArgumentException(
                $"Images of {shape} have {shape.FeatureCount} values; the source's samples have {source.FeatureCount}.", nameof(shape));
        }

        options.Validate(shape);
        _source = source;
        _shape = shape;
        _options = options;
    }

    /// <inheritdoc/>
    public override int FeatureCount => _source.FeatureCount;

    /// <inheritdoc/>
    public override TargetKind TargetKind => _source.TargetKind;

    /// <inheritdoc/>
    public override int TargetCount => _source.TargetCount;

    /// <inheritdoc/>
    public override long? SampleCount => _source.SampleCount;

    /// <inheritdoc/>
    public override BatchReader OpenPass(RandomGenerator? random)
    {
        BatchReader pass = _source.OpenPass(random);
        if (random is null)
        {
            return pass;
        }

        // A stream of its own, begun after the inner source has drawn its order: neither disturbs the other.
        return new Pass(pass, _shape, _options, RandomGenerator.Named(random.NextUInt64(), "image-augmentation"));
    }

    private sealed class Pass(BatchReader inner, ImageShape shape, ImageAugmentationOptions options, RandomGenerator random)
        : BatchReader
    {
        private readonly float[] _original = new float[shape.FeatureCount];

        public override int Read(MiniBatch batch)
        {
            int count = inner.Read(batch);
            for (int i = 0; i < count; i++)
            {
                ImageChange change = ImageChange.Draw(options, shape, random);
                if (change != ImageChange.None)
                {
                    // The row may already lie in the batch's own storage, so it is set aside first.
                    batch.Features(i).CopyTo(_original);
                    ImageTransform.Apply(_original, batch.WriteFeatures(i), shape, change, options.Fill);
                }
            }

            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
