using System.Buffers.Binary;
using SparseTraining.Data;
using SparseTraining.Datasets.Input;

namespace SparseTraining.Datasets;

/// <summary>
/// Reads IDX files, the format of MNIST and its relatives, plain or compressed with gzip (seen from the content, not
/// from the name).
/// </summary>
/// <remarks>
/// The format: two zero bytes, a byte for the type, a byte for the number of dimensions, the dimensions as big-endian
/// 32-bit numbers, then the values, big-endian and in row-major order. Nothing may follow them.
/// </remarks>
public static class IdxReader
{
    private const int MaxDimensions = 8;

    /// <summary>Reads one file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="InvalidDataException">The content is not that of an IDX file, or ends early.</exception>
    public static IdxArray Read(string path) => DataInput.ReadFile(path, Read);

    /// <summary>Reads one file's content from a stream, which is read to its end and left open.</summary>
    /// <param name="stream">The content.</param>
    /// <returns>The array.</returns>
    /// <exception cref="InvalidDataException">The content is not that of an IDX file, or ends early.</exception>
    public static IdxArray Read(Stream stream)
    {
        using Stream input = DataInput.Unpack(stream);
        Span<byte> word = stackalloc byte[4];
        BoundedRead.Exactly(input, word, "IDX header");
        if (word[0] != 0 || word[1] != 0)
        {
            throw new InvalidDataException(
                $"This is not an IDX file: it begins with the bytes {word[0]:x2} {word[1]:x2}, not 00 00.");
        }

        NumericType type = TypeOf(word[2]);
        int[] dimensions = ReadDimensions(input, word[3]);
        long count = Count(dimensions);
        byte[] bytes = BoundedRead.Exactly(input, count * PackedNumbers.SizeOf(type), "IDX values");
        if (input.Read(word[..1]) != 0)
        {
            throw new InvalidDataException($"IDX values: more data follows the {count} values that the dimensions state.");
        }

        return new IdxArray(new PackedNumbers(bytes, type, littleEndian: false), dimensions);
    }

    /// <summary>Reads a file of class labels.</summary>
    /// <param name="path">The file, of one dimension.</param>
    /// <returns>One label a sample, from 0.</returns>
    /// <exception cref="InvalidDataException">The file is not a list of whole numbers from 0.</exception>
    public static int[] ReadLabels(string path) => DataInput.ReadFile(path, ReadLabels);

    /// <summary>Reads class labels from a stream, which is left open.</summary>
    /// <param name="stream">The content of a file of one dimension.</param>
    /// <returns>One label a sample, from 0.</returns>
    /// <exception cref="InvalidDataException">The content is not a list of whole numbers from 0.</exception>
    public static int[] ReadLabels(Stream stream)
    {
        IdxArray array = Read(stream);
        if (array.Dimensions.Count != 1)
        {
            throw new InvalidDataException($"IDX labels have one dimension; these have {array.Dimensions.Count}.");
        }

        return WholeNumbers.ToLabels(array.ToDoubles(), 0, "IDX labels");
    }

    /// <summary>Reads a file of images and the file of their labels.</summary>
    /// <param name="imagePath">The images: the first dimension counts samples, the others together are the features.</param>
    /// <param name="labelPath">One label an image.</param>
    /// <param name="scaleToUnit">
    /// Whether bytes become numbers in [0, 1] (divided by 255); by default they keep their values from 0 to 255.
    /// </param>
    /// <returns>The data set [samples, features] with class labels.</returns>
    /// <exception cref="InvalidDataException">A file is malformed, a value is not finite, or the two do not fit each other.</exception>
    public static Dataset ReadDataset(string imagePath, string labelPath, bool scaleToUnit = false) =>
        Combine(Read(imagePath), ReadLabels(labelPath), scaleToUnit);

    /// <summary>Reads images and their labels from two streams, which are left open.</summary>
    /// <param name="images">The first dimension counts samples, the others together are the features.</param>
    /// <param name="labels">One label an image.</param>
    /// <param name="scaleToUnit">
    /// Whether bytes become numbers in [0, 1] (divided by 255); by default they keep their values from 0 to 255.
    /// </param>
    /// <returns>The data set [samples, features] with class labels.</returns>
    /// <exception cref="InvalidDataException">The content is malformed, a value is not finite, or the two do not fit each other.</exception>
    public static Dataset ReadDataset(Stream images, Stream labels, bool scaleToUnit = false) =>
        Combine(Read(images), ReadLabels(labels), scaleToUnit);

    private static Dataset Combine(IdxArray images, int[] labels, bool scaleToUnit)
    {
        int samples = images.Dimensions[0];
        if (samples != labels.Length)
        {
            throw new InvalidDataException($"There are {samples} images and {labels.Length} labels.");
        }

        if (images.Count == 0)
        {
            throw new InvalidDataException($"The images are empty: {string.Join(" × ", images.Dimensions)}.");
        }

        if (scaleToUnit && images.ElementType != NumericType.UInt8)
        {
            throw new InvalidDataException(
                $"Only images of unsigned bytes can be scaled to [0, 1]; these are {images.ElementType}.");
        }

        int features = images.Count / samples;
        FeatureMatrix matrix = images.ElementType == NumericType.UInt8
            ? FeatureMatrix.FromBytes(images.Bytes, features, scaleToUnit ? byte.MaxValue : 1)
            : FeatureMatrix.FromMatrix(Finite(images.ToSingles(), features), features);
        return new Dataset(matrix, Targets.FromLabels(labels));
    }

    private static float[] Finite(float[] values, int features)
    {
        int wrong = values.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        return wrong < 0
            ? values
            : throw new InvalidDataException($"Image {wrong / features} has the value {values[wrong]} at place {wrong % features}; features must be finite.");
    }

    private static NumericType TypeOf(byte code) => code switch
    {
        0x08 => NumericType.UInt8,
        0x09 => NumericType.Int8,
        0x0B => NumericType.Int16,
        0x0C => NumericType.Int32,
        0x0D => NumericType.Single,
        0x0E => NumericType.Double,
        _ => throw new InvalidDataException($"IDX header: the type code 0x{code:x2} is not one of 08, 09, 0b, 0c, 0d, 0e."),
    };

    private static int[] ReadDimensions(Stream input, int count)
    {
        if (count is < 1 or > MaxDimensions)
        {
            throw new InvalidDataException($"IDX header: {count} dimensions are stated; 1 to {MaxDimensions} can be read.");
        }

        var dimensions = new int[count];
        Span<byte> word = stackalloc byte[4];
        for (int i = 0; i < count; i++)
        {
            BoundedRead.Exactly(input, word, "IDX header");
            uint size = BinaryPrimitives.ReadUInt32BigEndian(word);
            dimensions[i] = size <= int.MaxValue
                ? (int)size
                : throw new InvalidDataException($"IDX header: dimension {i} is {size}, more than {int.MaxValue}.");
        }

        return dimensions;
    }

    private static long Count(int[] dimensions)
    {
        long count = 1;
        foreach (int dimension in dimensions)
        {
            count *= dimension; // below 2^62: both factors are below 2^31
            if (count > Array.MaxLength)
            {
                throw new InvalidDataException(
                    $"IDX header: {string.Join(" × ", dimensions)} values are more than an array can hold.");
            }
        }

        return count;
    }
}
