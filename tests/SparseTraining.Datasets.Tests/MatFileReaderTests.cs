using CsCheck;
using SparseTraining.Data;

namespace SparseTraining.Datasets.Tests;

public class MatFileReaderTests
{
    /// <summary>Three samples of two features: column-major in the file.</summary>
    private static readonly double[] X = [1.5, 2.5, 3.5, -1, -2, -3];

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Reads_a_data_set_in_both_byte_orders_packed_or_not(bool littleEndian, bool compressed)
    {
        byte[] file = Example(littleEndian, compressed);
        foreach (Stream stream in new Stream[] { new MemoryStream(file), new TestFiles.Trickle(file) })
        {
            Dataset data = MatFileReader.ReadDataset(stream);
            Assert.Equal(3, data.Count);
            Assert.Equal([1.5f, -1f], data.Features(0));
            Assert.Equal([3.5f, -3f], data.Features(2));
            Assert.Equal([1, 0, 2], data.Labels());
        }
    }

    [Theory]
    [InlineData(1, 8, NumericType.Int8, -128, 127)]
    [InlineData(2, 9, NumericType.UInt8, 0, 255)]
    [InlineData(3, 10, NumericType.Int16, -32768, 32767)]
    [InlineData(4, 11, NumericType.UInt16, 1, 65535)]
    [InlineData(5, 12, NumericType.Int32, int.MinValue, int.MaxValue)]
    [InlineData(6, 13, NumericType.UInt32, 1, uint.MaxValue)]
    [InlineData(7, 7, NumericType.Single, 0.5, -2.25)]
    [InlineData(9, 6, NumericType.Double, 0.1, -1e300)]
    [InlineData(12, 14, NumericType.Int64, -9007199254740992, 9007199254740992)]
    [InlineData(13, 15, NumericType.UInt64, 1, 9007199254740992)]
    [InlineData(2, 6, NumericType.UInt8, 7, 8)] // doubles that are stored as bytes
    public void Reads_every_numeric_type(uint stored, int arrayClass, NumericType type, double first, double second)
    {
        foreach (bool littleEndian in new[] { true, false })
        {
            var file = new MatFileBuilder(littleEndian);
            file.Variable(file.Matrix("values", arrayClass, [1, 2], file.Numbers(stored, first, second)));
            MatArray array = Assert.Single(MatFileReader.Read(new MemoryStream(file.ToArray())));
            Assert.Equal("values", array.Name);
            Assert.Equal([1, 2], array.Dimensions);
            Assert.Equal(type, array.StoredType);
            Assert.Equal([first, second], array.ToDoubles());
            Assert.Equal([(float)first, (float)second], array.ToRowMajorSingles());
        }
    }

    [Fact]
    public void Any_matrix_comes_back_transposed_to_rows() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Bool).Sample((rows, columns, compressed) =>
        {
            double[] values = [.. Enumerable.Range(0, rows * columns).Select(i => (double)i)];
            var file = new MatFileBuilder();
            file.Variable(file.Doubles("M", [rows, columns], values), compressed);
            MatArray matrix = Assert.Single(MatFileReader.Read(new MemoryStream(file.ToArray())));
            Assert.Equal(values, matrix.ToDoubles());
            float[] byRow = matrix.ToRowMajorSingles();
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    Assert.Equal(values[column * rows + row], byRow[row * columns + column]);
                }
            }
        }, iter: 100);

    [Fact]
    public void Variables_of_other_kinds_are_passed_over_and_refused_by_name()
    {
        var file = new MatFileBuilder();
        (int Class, uint Flags, string Kind)[] kinds =
        [
            (1, 0, "a cell array"), (2, 0, "a structure"), (3, 0, "an object"), (4, 0, "text"), (5, 0, "a sparse matrix"),
            (6, 0x0800, "a complex array"), (16, 0, "a function handle"), (18, 0, "of the unknown class 18"),
        ];
        foreach ((int arrayClass, uint flags, _) in kinds)
        {
            // Their content is garbage, which must not matter.
            file.Variable(file.Matrix($"v{arrayClass}", arrayClass, [1, 1], [1, 2, 3, 4, 5, 6, 7, 8], flags), arrayClass % 2 == 0);
        }

        byte[] opaque = file.Element(14, [.. file.Element(6, [.. file.Word(17), .. file.Word(0)]), .. file.Element(1, "v17"u8.ToArray()), 1, 2, 3, 4, 5, 6, 7, 8]);
        file.Variable(opaque);
        file.Variable(file.Doubles("", [1, 1], 5)); // MATLAB's own store behind objects
        file.Variable(file.Doubles("Y", [1, 1], 1));
        byte[] content = file.ToArray();

        Assert.Equal("Y", Assert.Single(MatFileReader.Read(new MemoryStream(content))).Name);
        foreach ((int arrayClass, _, string kind) in kinds.Append((17, 0u, "an object")))
        {
            AssertRefused($"'v{arrayClass}' is {kind}; only real dense numeric arrays can be read.", () =>
                MatFileReader.ReadDataset(new MemoryStream(content), features: $"v{arrayClass}"));
        }
    }

    [Fact]
    public void Names_and_the_first_class_can_be_given()
    {
        var file = new MatFileBuilder();
        file.Variable(file.Doubles("data", [2, 1], 8, 9)).Variable(file.Doubles("gnd", [1, 2], 0, 1));
        Dataset data = MatFileReader.ReadDataset(new MemoryStream(file.ToArray()), "data", "gnd", firstLabel: 0);
        Assert.Equal([0, 1], data.Labels());
    }

    [Fact]
    public void Content_that_makes_no_data_set_is_refused()
    {
        var file = new MatFileBuilder();
        file.Variable(file.Doubles("X", [2, 1], 1, 2)).Variable(file.Doubles("nan", [1, 2], 1, double.NaN))
            .Variable(file.Doubles("cube", [2, 1, 1], 1, 2)).Variable(file.Doubles("square", [2, 2], 1, 1, 1, 1))
            .Variable(file.Doubles("none", [0, 4])).Variable(file.Doubles("half", [2, 1], 1, 1.5))
            .Variable(file.Doubles("zero", [1, 2], 1, 0)).Variable(file.Doubles("huge", [1, 2], 1, 1e10))
            .Variable(file.Doubles("one", [1, 1], 1));
        byte[] content = file.ToArray();
        void Refused(string message, string features, string labels) => AssertRefused(message, () =>
            MatFileReader.ReadDataset(new MemoryStream(content), features, labels));

        Refused("There is no variable 'Y'; the file's variables: 'X', 'nan', 'cube', 'square', 'none', 'half', 'zero', 'huge', 'one'.", "X", "Y");
        Refused("'nan' has the value NaN in row 0, column 1; features must be finite.", "nan", "one");
        Refused("'cube' is 2 × 1 × 1; samples × features are needed, at least 1 × 1.", "cube", "one");
        Refused("'none' is 0 × 4; samples × features are needed, at least 1 × 1.", "none", "one");
        Refused("'one' is 1 × 1; one class is needed for each of the 2 samples of 'X'.", "X", "one");
        Refused("'square' is 2 × 2; one class is needed for each of the 2 samples of 'X'.", "X", "square");
        Refused("'half': sample 1 has the label 1.5; labels must be whole numbers from 1.", "X", "half");
        Refused("'zero': sample 1 has the label 0; labels must be whole numbers from 1.", "X", "zero");
        Refused("'huge': sample 1 has the label 10000000000; labels must be whole numbers from 1.", "X", "huge");
        AssertRefused("There is no variable 'X'; the file's variables: none.", () =>
            MatFileReader.ReadDataset(new MemoryStream(new MatFileBuilder().ToArray())));
    }

    [Fact]
    public void A_matrix_is_needed_for_rows()
    {
        var file = new MatFileBuilder();
        file.Variable(file.Doubles("cube", [1, 2, 1], 1, 2));
        MatArray array = MatFileReader.Read(new MemoryStream(file.ToArray()))[0];
        var exception = Assert.Throws<InvalidOperationException>(array.ToRowMajorSingles);
        Assert.Equal("'cube' has 3 dimensions; a matrix has 2.", exception.Message);
    }

    [Fact]
    public void Other_formats_are_refused_by_name()
    {
        AssertRefused("This is not a MAT-file of level 5: its header does not end with IM or MI.", () =>
            MatFileReader.Read(new MemoryStream(new byte[200])));
        var exception = Assert.Throws<InvalidDataException>(() => MatFileReader.Read(new MemoryStream(new MatFileBuilder(version: 0x0200).ToArray())));
        Assert.Equal(
            "MAT-file 'MATLAB 5.0 MAT-file' has version 0x0200 (an HDF5 file, as written by save -v7.3; save it with -v7); only 0x0100 can be read.",
            exception.Message);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void A_file_cut_anywhere_is_refused(bool littleEndian, bool compressed)
    {
        byte[] file = Example(littleEndian, compressed);
        for (int length = 0; length < file.Length; length++)
        {
            TestFiles.AssertRefused(() => MatFileReader.ReadDataset(new MemoryStream(file[..length])));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Damaged_bytes_never_give_another_exception_or_a_large_allocation(bool compressed)
    {
        byte[] file = Example(true, compressed);
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte, Gen.Int[0, file.Length - 1], Gen.Byte).Sample((first, a, second, b) =>
        {
            byte[] damaged = [.. file];
            damaged[first] = a;
            damaged[second] = b;
            long before = GC.GetAllocatedBytesForCurrentThread();
            TestFiles.AssertReadOrRefused(() => MatFileReader.ReadDataset(new MemoryStream(damaged)));
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2_000_000);
        }, iter: 5000);
    }

    [Fact]
    public void A_flipped_bit_of_a_compressed_variable_never_gives_other_numbers()
    {
        const int Start = 128 + 8; // behind the header and the tag
        var file = new MatFileBuilder();
        byte[] good = file.Variable(file.Doubles("X", [3, 2], X), compressed: true).ToArray();
        for (int bit = 8 * Start; bit < 8 * good.Length; bit++)
        {
            byte[] damaged = [.. good];
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            TestFiles.AssertReadOrRefused(() =>
                Assert.Equal(X, Assert.Single(MatFileReader.Read(new MemoryStream(damaged))).ToDoubles()));
        }
    }

    [Fact]
    public void A_compressed_variable_ends_with_its_checksum()
    {
        var file = new MatFileBuilder();
        byte[] variable = file.Doubles("X", [3, 2], X);
        byte[] packed = TestFiles.Zlib(variable);
        void Refused(string message, byte[] element) => AssertRefused(message, () =>
            MatFileReader.Read(new MemoryStream(new MatFileBuilder().Variable([.. file.Word(15), .. file.Word((uint)element.Length), .. element]).ToArray())));

        Refused("The compressed data is cut off.", packed[..^1]);
        Refused("The compressed data is cut off.", packed[..^4]);
        Refused("MAT-file variable: more data follows than its size states.", TestFiles.Zlib([.. variable, 0]));
    }

    [Fact]
    public void False_sizes_are_refused_without_allocating()
    {
        var file = new MatFileBuilder();
        void Refused(string message, byte[] element)
        {
            foreach (bool compressed in new[] { false, true })
            {
                byte[] content = new MatFileBuilder().Variable(element, compressed).ToArray();
                var exception = TestFiles.AssertRefused(() => MatFileReader.Read(new MemoryStream(content)));
                Assert.Contains(message, exception.Message, StringComparison.Ordinal);
            }
        }

        byte[] flags = file.Element(6, [.. file.Word(6), .. file.Word(0)]);
        byte[] sizes = file.Element(5, [.. file.Word(1), .. file.Word(1)]);
        byte[] name = file.Element(1, "X"u8.ToArray());
        Refused("'X' is 2147483647 × 2147483647 × 2147483647, which no array can hold.", file.Doubles("X", [int.MaxValue, int.MaxValue, int.MaxValue], 1));
        Refused("'X' is -1 × 1, which no array can hold.", file.Doubles("X", [-1, 1], 1));
        Refused("the numbers of 'X' take 8 bytes, which are not the 100000000 numbers of its dimensions.", file.Doubles("X", [10000, 10000], 1));
        Refused(
            "the numbers of 'X' take 1600000000 bytes, but only 8 are left in the variable.",
            file.Element(14, [.. flags, .. file.Element(5, [.. file.Word(200_000_000), .. file.Word(1)]), .. name, .. file.Element(9, new byte[8], 1_600_000_000)]));
        Refused("the numbers of 'X' are stored as type 14", file.Element(14, [.. flags, .. sizes, .. name, .. file.Element(14, new byte[8])]));
        Refused("the name take 4000000000 bytes; at most 255 are possible.", file.Element(14, [.. flags, .. sizes, .. file.Element(1, new byte[8], 4_000_000_000)]));
        Refused("the dimensions take 256 bytes; at most 128 are possible.", file.Element(14, [.. flags, .. file.Element(5, new byte[256])]));
        Refused("the dimensions hold 1 numbers, at least 2 are needed.", file.Element(14, [.. flags, .. file.Element(5, new byte[4])]));
        Refused("the dimensions are stored as type 9", file.Element(14, [.. flags, .. file.Element(9, new byte[8])]));
        Refused("the array flags are stored as type 5", file.Element(14, file.Element(5, new byte[8])));
        Refused("a small element states 9 bytes; at most 4 fit.", file.Element(14, [.. file.Word(9 << 16 | 6), 0, 0, 0, 0]));
        Refused("an element of type 9 stands where a variable is expected.", file.Element(9, new byte[8]));
    }

    [Fact]
    public void A_decompressor_that_gives_up_is_damage_too()
    {
        // 0x20 in the second byte asks for a preset dictionary, with the check bits right: zlib cannot go on.
        var file = new MatFileBuilder();
        byte[] element = [.. file.Word(15), .. file.Word(16), 0x78, 0x20, .. new byte[14]];
        element[9] += (byte)(31 - 0x7820 % 31);
        var exception = Assert.Throws<InvalidDataException>(() => MatFileReader.Read(new MemoryStream(file.Variable(element).ToArray())));
        Assert.StartsWith("The compressed data is damaged: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_element_that_states_more_than_the_file_holds_is_refused_without_allocating()
    {
        var file = new MatFileBuilder();
        byte[] matrix = file.Doubles("X", [200_000_000, 1]);
        byte[] numbers = file.Element(9, new byte[8], 1_600_000_000);
        byte[] lying = [.. file.Element(14, [], 1_700_000_000), .. matrix[8..^8], .. numbers];
        InvalidDataException exception = TestFiles.AssertRefused(() =>
            MatFileReader.Read(new MemoryStream(new MatFileBuilder().Variable(lying).ToArray())));
        Assert.Contains("bytes early", exception.Message, StringComparison.Ordinal);
        TestFiles.AssertRefused(() => MatFileReader.Read(new MemoryStream(new MatFileBuilder().Variable(lying, true).ToArray())));
    }

    [Theory]
    [InlineData("GLIOMA", 50, 4434, new[] { 14, 7, 14, 15 })]
    [InlineData("Prostate-GE", 102, 5966, new[] { 50, 52 })]
    [InlineData("ORL", 400, 1024, new[] { 10, 40 })]
    public void Published_data_sets_have_their_published_sizes(string name, int samples, int features, int[] classes)
    {
        string path = Path.Combine(TestFiles.DataFolder(), name + ".mat");
        Assert.SkipUnless(File.Exists(path), $"{path} is not there.");
        Dataset data = MatFileReader.ReadDataset(path);
        Assert.Equal((samples, features), (data.Count, data.FeatureCount));
        int[] sizes = [.. data.Labels().CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value)];
        Assert.Equal(name == "ORL" ? Enumerable.Repeat(10, 40) : classes, sizes);
        Assert.Equal(sizes.Length - 1, data.Labels().Max());
        if (name == "ORL")
        {
            Assert.All(Enumerable.Range(0, samples), i => Assert.All(data.Features(i), pixel => Assert.InRange(pixel, 0f, 255f)));
        }
    }

    private static byte[] Example(bool littleEndian, bool compressed)
    {
        var file = new MatFileBuilder(littleEndian);
        file.Variable(file.Doubles("other", [1, 1], 4), !compressed);
        file.Variable(file.Doubles("X", [3, 2], X), compressed);
        file.Variable(file.Matrix("Y", 9, [3, 1], file.Numbers(2, 2, 1, 3)), compressed);
        return file.ToArray();
    }

    private static void AssertRefused(string message, Action action) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(action).Message);
}
