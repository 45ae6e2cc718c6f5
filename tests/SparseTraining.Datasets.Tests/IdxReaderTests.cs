using System.Buffers.Binary;
using System.Globalization;
using CsCheck;
using SparseTraining.Data;

namespace SparseTraining.Datasets.Tests;

public class IdxReaderTests
{
    private static readonly byte[] Images = Idx(0x08, [2, 2, 3], [0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6]);
    private static readonly byte[] Labels = Idx(0x08, [2], [7, 0]);

    [Fact]
    public void Reads_bytes_in_row_major_order()
    {
        IdxArray array = IdxReader.Read(new MemoryStream(Images));
        Assert.Equal([2, 2, 3], array.Dimensions);
        Assert.Equal(NumericType.UInt8, array.ElementType);
        Assert.Equal(12, array.Count);
        Assert.Equal([0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6], array.ToSingles());
    }

    [Theory]
    [InlineData(0x09, NumericType.Int8, new byte[] { 0xff, 0x02 }, -1.0, 2.0)]
    [InlineData(0x0B, NumericType.Int16, new byte[] { 0xff, 0xfe, 0x01, 0x02 }, -2.0, 258.0)]
    [InlineData(0x0C, NumericType.Int32, new byte[] { 0xff, 0xff, 0xff, 0xfd, 0x7f, 0xff, 0xff, 0xff }, -3.0, 2147483647.0)]
    [InlineData(0x0D, NumericType.Single, new byte[] { 0x3f, 0xc0, 0, 0, 0xc0, 0x20, 0, 0 }, 1.5, -2.5)]
    [InlineData(0x0E, NumericType.Double, new byte[] { 0x3f, 0xb9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a, 0x40, 0, 0, 0, 0, 0, 0, 0 }, 0.1, 2.0)]
    public void Reads_every_type(byte code, NumericType type, byte[] bytes, double first, double second)
    {
        IdxArray array = IdxReader.Read(new MemoryStream(Idx(code, [2], bytes)));
        Assert.Equal(type, array.ElementType);
        Assert.Equal([first, second], array.ToDoubles());
        Assert.Equal([(float)first, (float)second], array.ToSingles());
    }

    [Fact]
    public void Any_bytes_come_back_from_plain_packed_and_slow_streams() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            byte[] file = Idx(0x08, [bytes.Length], bytes);
            float[] expected = [.. bytes.Select(value => (float)value)];
            Assert.Equal(expected, IdxReader.Read(new MemoryStream(file)).ToSingles());
            Assert.Equal(expected, IdxReader.Read(new MemoryStream(TestFiles.Gzip(file))).ToSingles());
            Assert.Equal(expected, IdxReader.Read(new TestFiles.Trickle(file)).ToSingles());
            Assert.Equal(expected, IdxReader.Read(new TestFiles.Trickle(TestFiles.Gzip(file))).ToSingles());
        }, iter: 100);

    [Fact]
    public void A_block_longer_than_the_first_read_comes_back_whole()
    {
        var bytes = new byte[300_001];
        new Random(3).NextBytes(bytes);
        float[] values = IdxReader.Read(new MemoryStream(Idx(0x08, [300_001], bytes))).ToSingles();
        Assert.Equal(bytes.Select(value => (float)value), values);
    }

    [Fact]
    public void Leaves_the_stream_open()
    {
        using var stream = new MemoryStream(TestFiles.Gzip(Labels));
        IdxReader.Read(stream);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Joins_images_and_labels()
    {
        Dataset raw = IdxReader.ReadDataset(new MemoryStream(Images), new MemoryStream(Labels));
        Assert.Equal(2, raw.Count);
        Assert.Equal([1f, 2, 3, 4, 5, 6], raw.Features(1));
        Assert.Equal([7, 0], raw.Labels());
        Dataset scaled = IdxReader.ReadDataset(new MemoryStream(Images), new MemoryStream(Labels), scaleToUnit: true);
        Assert.Equal([0f, 51 / 255f, 102 / 255f, 153 / 255f, 204 / 255f, 1f], scaled.Features(0));
    }

    [Fact]
    public void Reads_files_and_names_the_one_that_is_wrong()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            (string images, string labels) = (Path.Combine(folder, "images"), Path.Combine(folder, "labels"));
            File.WriteAllBytes(images, TestFiles.Gzip(Images));
            File.WriteAllBytes(labels, Labels);
            Assert.Equal([7, 0], IdxReader.ReadDataset(images, labels).Labels());
            File.WriteAllBytes(labels, Labels[..^1]);
            var exception = Assert.Throws<InvalidDataException>(() => IdxReader.ReadDataset(images, labels));
            Assert.Equal($"{labels}: IDX values: the data ends after 1 of 2 bytes.", exception.Message);
            Assert.Throws<FileNotFoundException>(() => IdxReader.Read(Path.Combine(folder, "absent")));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        for (int length = 0; length < Images.Length; length++)
        {
            TestFiles.AssertRefused(() => IdxReader.Read(new MemoryStream(Images[..length])));
        }
    }

    [Fact]
    public void A_packed_file_cut_anywhere_is_refused()
    {
        byte[] packed = TestFiles.Gzip(Images);
        for (int length = 0; length < packed.Length; length++)
        {
            TestFiles.AssertRefused(() => IdxReader.Read(new MemoryStream(packed[..length])));
        }
    }

    [Fact]
    public void Damaged_bytes_never_give_another_exception()
    {
        byte[] packed = TestFiles.Gzip(Images);
        Gen.Select(Gen.Bool, Gen.Int[0, Images.Length - 1], Gen.Int[0, packed.Length - 1], Gen.Byte).Sample((zip, plainAt, packedAt, value) =>
        {
            byte[] file = [.. zip ? packed : Images];
            file[zip ? packedAt : plainAt] = value;
            TestFiles.AssertReadOrRefused(() => IdxReader.Read(new MemoryStream(file)));
        }, iter: 3000);
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 8, 1, 0, 0, 0, 0 }, "This is not an IDX file: it begins with the bytes 01 00, not 00 00.")]
    [InlineData(new byte[] { 0, 0, 7, 1, 0, 0, 0, 0 }, "the type code 0x07 is not one of")]
    [InlineData(new byte[] { 0, 0, 8, 0 }, "0 dimensions are stated; 1 to 8 can be read.")]
    [InlineData(new byte[] { 0, 0, 8, 9 }, "9 dimensions are stated; 1 to 8 can be read.")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0x80, 0, 0, 0 }, "dimension 0 is 2147483648, more than 2147483647.")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0x40, 0, 0, 0, 0, 0, 0, 4 }, "1073741824 × 4 values are more than an array can hold.")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 5, 6 }, "more data follows the 1 values that the dimensions state.")]
    [InlineData(new byte[] { 0, 0, 14, 1, 0x70, 0, 0, 0, 5, 6 }, "15032385536 bytes are stated, at most 2147483591 can be read.")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0x70, 0, 0, 0, 5, 6 }, "the data ends after 2 of 1879048192 bytes.")]
    public void False_headers_are_refused_without_allocating(byte[] file, string message)
    {
        InvalidDataException exception = TestFiles.AssertRefused(() => IdxReader.Read(new MemoryStream(file)));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Eight_huge_dimensions_do_not_overflow() => TestFiles.AssertRefused(() =>
        IdxReader.Read(new MemoryStream(Idx(0x08, [.. Enumerable.Repeat(int.MaxValue, 8)], []))));

    [Fact]
    public void Labels_must_be_a_list_of_whole_numbers_that_fits_the_images()
    {
        Assert.Equal([3, 0], IdxReader.ReadLabels(new MemoryStream(Idx(0x0B, [2], [0, 3, 0, 0]))));
        AssertMessage("IDX labels have one dimension; these have 3.", () => IdxReader.ReadLabels(new MemoryStream(Images)));
        AssertMessage(
            "IDX labels: sample 1 has the label -1; labels must be whole numbers from 0.",
            () => IdxReader.ReadLabels(new MemoryStream(Idx(0x09, [2], [0, 0xff]))));
        AssertMessage(
            "IDX labels: sample 0 has the label 1.5; labels must be whole numbers from 0.",
            () => IdxReader.ReadLabels(new MemoryStream(Idx(0x0D, [1], [0x3f, 0xc0, 0, 0]))));
        AssertMessage(
            "IDX labels: sample 0 has the label NaN; labels must be whole numbers from 0.",
            () => IdxReader.ReadLabels(new MemoryStream(Idx(0x0D, [1], [0x7f, 0xc0, 0, 0]))));
        AssertMessage(
            "There are 2 images and 3 labels.",
            () => IdxReader.ReadDataset(new MemoryStream(Images), new MemoryStream(Idx(0x08, [3], [1, 2, 3]))));
    }

    [Fact]
    public void Images_must_have_pixels_and_be_bytes_to_be_scaled()
    {
        AssertMessage(
            "The images are empty: 2 × 0.",
            () => IdxReader.ReadDataset(new MemoryStream(Idx(0x08, [2, 0], [])), new MemoryStream(Labels)));
        AssertMessage(
            "Only images of unsigned bytes can be scaled to [0, 1]; these are Int8.",
            () => IdxReader.ReadDataset(new MemoryStream(Idx(0x09, [2, 1], [1, 2])), new MemoryStream(Labels), scaleToUnit: true));
    }

    [Theory]
    [InlineData(0x0D, new byte[] { 0x7f, 0xc0, 0, 0 }, "NaN")]
    [InlineData(0x0D, new byte[] { 0xff, 0x80, 0, 0 }, "-Infinity")]
    [InlineData(0x0E, new byte[] { 0x7f, 0xe0, 0, 0, 0, 0, 0, 0 }, "Infinity")] // 2^1023, beyond a float
    public void Images_must_be_finite(byte code, byte[] value, string text)
    {
        byte[] images = Idx(code, [2, 3], [.. new byte[5 * value.Length], .. value]);
        string expected = $"Image 1 has the value {float.Parse(text, CultureInfo.InvariantCulture)} at place 2; features must be finite.";
        AssertMessage(expected, () => IdxReader.ReadDataset(new MemoryStream(images), new MemoryStream(Labels)));
    }

    internal static byte[] Idx(byte type, int[] dimensions, byte[] values)
    {
        var file = new byte[4 + 4 * dimensions.Length + values.Length];
        file[2] = type;
        file[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * i), dimensions[i]);
        }

        values.CopyTo(file, 4 + 4 * dimensions.Length);
        return file;
    }

    private static void AssertMessage(string message, Action action) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(action).Message);
}
