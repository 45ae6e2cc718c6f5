using System.Globalization;
using System.Text;
using CsCheck;
using SparseTraining.Data;

namespace SparseTraining.Datasets.Tests;

public class CsvReaderTests
{
    private static readonly CsvOptions NoHeader = new() { HasHeader = false };

    [Fact]
    public void By_default_there_is_a_header_and_the_class_is_last()
    {
        NamedDataset read = Read("width,height,kind\n1.5,-2,rose\n3e1, 4 ,Iris\n5,6,rose\n");
        Assert.Equal(["width", "height"], read.FeatureNames);
        Assert.Equal(["Iris", "rose"], read.ClassNames);
        Assert.Equal([1, 0, 1], read.Data.Labels());
        Assert.Equal([1.5f, -2f], read.Data.Features(0));
        Assert.Equal([30f, 4f], read.Data.Features(1));
    }

    [Fact]
    public void Classes_that_are_numbers_are_ordered_by_value()
    {
        NamedDataset read = Read("1,10\n2,9\n3,-1\n4,9.0\n", NoHeader);
        Assert.Equal(["-1", "9", "10"], read.ClassNames);
        Assert.Equal([2, 1, 0, 1], read.Data.Labels());
        Assert.Empty(read.FeatureNames);
    }

    [Fact]
    public void Long_identifiers_stay_different_classes() =>
        Assert.Equal(["12345678901234567890", "12345678901234567891"], Read("1,12345678901234567891\n1,12345678901234567890\n", NoHeader).ClassNames);

    [Fact]
    public void Tiny_numbers_stay_different_classes()
    {
        NamedDataset read = Read("1,2e-30\n1,1e-30\n1,0\n1,0.1e-29\n1,-0.0\n1,-1e-30\n", NoHeader);
        Assert.Equal([-1e-30, 0, 1e-30, 2e-30], read.ClassNames.Select(name => double.Parse(name, CultureInfo.InvariantCulture)));
        Assert.Equal([3, 2, 1, 2, 1, 0], read.Data.Labels());
    }

    [Fact]
    public void One_class_that_is_no_number_makes_the_order_ordinal() =>
        Assert.Equal(["10", "9", "B", "a"], Read("1,a\n1,10\n1,9\n1,B\n", NoHeader).ClassNames);

    [Fact]
    public void Given_class_names_fix_the_labels()
    {
        var options = new CsvOptions { HasHeader = false, ClassNames = ["no", "maybe", "yes"] };
        NamedDataset read = Read("1,yes\n2,no\n", options);
        Assert.Equal([2, 0], read.Data.Labels());
        Assert.Equal(["no", "maybe", "yes"], read.ClassNames);
        AssertRefused("Line 2, column 2 is 'Yes'; one of the given classes is needed.", "1,yes\n2,Yes\n", options);
    }

    [Fact]
    public void Given_class_names_that_are_numbers_match_by_value()
    {
        var options = new CsvOptions { HasHeader = false, ClassNames = ["3", "1"] };
        Assert.Equal([1, 0, 0], Read("1,1.0\n2,+3\n2,3\n", options).Data.Labels());
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("1", "1.0")]
    [InlineData("a", "")]
    public void Given_class_names_must_differ(string first, string second)
    {
        var exception = Assert.Throws<ArgumentException>(() => Read("1,a\n", new CsvOptions { ClassNames = [first, second] }));
        Assert.StartsWith("Class names must be at least one, none of them empty, and none equal to another.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Read("1,a\n", new CsvOptions { ClassNames = [] }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void The_target_may_be_any_column_by_position(int column)
    {
        NamedDataset read = Read("y,a,b\n1,2,3\n0,5,6\n", new CsvOptions { TargetColumns = [column] });
        Assert.Equal(["a", "b"], read.FeatureNames);
        Assert.Equal([1, 0], read.Data.Labels());
        Assert.Equal([5f, 6f], read.Data.Features(1));
    }

    [Fact]
    public void Columns_are_found_by_name_and_ignored_on_request()
    {
        NamedDataset read = Read("id,a,y,b\nx1,2,3,4\n", new CsvOptions { TargetColumns = ["y"], IgnoredColumns = ["id", -1] });
        Assert.Equal(["a"], read.FeatureNames);
        Assert.Equal([2f], read.Data.Features(0));
    }

    [Fact]
    public void Several_real_targets_can_be_read()
    {
        var options = new CsvOptions { TargetKind = TargetKind.Values, TargetColumns = ["u", "v"] };
        NamedDataset read = Read("u,a,v\n1.25,2,3\n4,5,-6\n", options);
        Assert.Equal(TargetKind.Values, read.Data.TargetKind);
        Assert.Equal([4f, -6f], read.Data.TargetValues(1).ToArray());
        Assert.Empty(read.ClassNames);
    }

    [Fact]
    public void Without_targets_every_column_is_a_feature()
    {
        NamedDataset read = Read("1,2\n3,4\n", new CsvOptions { HasHeader = false, TargetKind = TargetKind.None });
        Assert.Equal(TargetKind.None, read.Data.TargetKind);
        Assert.Equal([3f, 4f], read.Data.Features(1));
    }

    [Fact]
    public void Quotes_blank_lines_comments_and_other_delimiters_are_understood()
    {
        NamedDataset read = Read("# made by hand\na\tb\r\n\r\n1\t\"x\t\"\"1\"\r\n# more\r\n2\ty", new CsvOptions { Separator = '\t' });
        Assert.Equal(["x\t\"1", "y"], read.ClassNames);
        Assert.Equal([2f], read.Data.Features(1));
    }

    [Fact]
    public void Comments_behind_an_empty_one_are_passed_over()
    {
        NamedDataset read = Read("#\r\ny,a,b\r\n#k6,220,2\r\nx,32435,0.5\r\nx,47524,0.5", new CsvOptions { TargetColumns = [0] });
        Assert.Equal(["x"], read.ClassNames);
        Assert.Equal(2, read.Data.Count);
    }

    [Theory]
    [InlineData("y,a,b\r\nx,1,2\r\n#k,3,4\r\n#\r\n#\r\nx,5,6\r\n\r\n#\r\ny,7,z\r\n")]
    [InlineData("#\r\ny,a,b\r\n#k6,220,2\r\nx,32435,0.5\r\nx,47524,0.5\r\n\r\n#\r\n#\r\ny,7,z")]
    [InlineData("\n#k\n#\ny,a,b\n#k,3,4\nx,5,6\nx,5,6\n\ny,7,z")]
    public void It_does_not_matter_in_which_pieces_a_stream_comes(string content)
    {
        var options = new CsvOptions { TargetColumns = [0] };
        byte[] wrong = Encoding.UTF8.GetBytes(content), right = Encoding.UTF8.GetBytes(content.Replace('z', '8'));
        for (int first = 1; first < wrong.Length; first++)
        {
            NamedDataset read = CsvReader.Read(new TestFiles.Pieces(right[..first], right[first..]), options);
            Assert.Equal([0, 0, 1], read.Data.Labels());
            Assert.Equal([7f, 8f], read.Data.Features(2));
            var exception = Assert.Throws<InvalidDataException>(() => CsvReader.Read(new TestFiles.Pieces(wrong[..first], wrong[first..]), options));
            Assert.Equal("Line 9, column 3 ('b') is 'z'; a finite number is needed.", exception.Message);
        }
    }

    [Theory]
    [InlineData("a,b,y\n1,2,0\n1,,0\n", "Line 3, column 2 ('b') is missing; a finite number is needed.")]
    [InlineData("a,b,y\n1,2,0\n\n# note\n1,two,0\n", "Line 5, column 2 ('b') is 'two'; a finite number is needed.")]
    [InlineData("a,b,y\n1,2,\"o\nk\"\n?,2,0\n", "Line 4, column 1 ('a') is '?'; a finite number is needed.")]
    [InlineData("a,b,y\nNaN,2,0\n", "Line 2, column 1 ('a') is 'NaN'; a finite number is needed.")]
    [InlineData("a,b,y\n1,1e39,0\n", "Line 2, column 2 ('b') is '1e39'; a finite number is needed.")]
    [InlineData("a,b,y\n\"1,5\",2,0\n", "Line 2, column 1 ('a') is '1,5'; a finite number is needed.")]
    [InlineData("a,b,y\n1,2, \n", "Line 2, column 3 ('y') is missing; a class is needed.")]
    [InlineData("a,b,y\n1,2\n", "Line 2 has 2 columns; line 1 has 3.")]
    [InlineData("a,b,y\n1,2,3,4\n", "Line 2 has 4 columns; line 1 has 3.")]
    [InlineData("a,b,y\n", "There are no samples.")]
    [InlineData("", "There are no samples.")]
    [InlineData("\n\n", "There are no samples.")]
    [InlineData("y\n1\n", "None of the 1 columns is left for the features.")]
    public void Wrong_content_is_refused_with_its_place(string content, string message) =>
        AssertRefused(message, content, new CsvOptions());

    [Theory]
    [InlineData("a\tb\ty\n1\t2\tx\n\t\t\n3\t4\tz\n", '\t')]
    [InlineData("a b y\n1 2 x\n  \n3 4 z\n", ' ')]
    public void A_line_of_separators_is_a_line_of_missing_values(string content, char separator) =>
        AssertRefused("Line 3, column 1 ('a') is missing; a finite number is needed.", content, new CsvOptions { Separator = separator });

    [Fact]
    public void Text_that_is_not_utf8_is_refused()
    {
        // Two classes in Latin-1, which would become one.
        byte[] start = "a,y\n1,x\n"u8.ToArray();
        byte[] file = [.. start, .. "2,"u8, 0xe4, (byte)'\n', .. "3,"u8, 0xf6, (byte)'\n'];
        foreach (byte[] content in new[] { file, [0xef, 0xbb, 0xbf, .. file] })
        {
            var exception = Assert.Throws<InvalidDataException>(() => CsvReader.Read(new MemoryStream(content)));
            Assert.Equal("The text is not UTF-8: in line 1 or behind it the bytes E4 are no character.", exception.Message);
        }

        Assert.Throws<InvalidDataException>(() => CsvReader.Read(new MemoryStream([.. start, .. "2,"u8, 0xc3])));
        Assert.Equal(["ä", "ö"], Read("1,ä\n2,ö", NoHeader).ClassNames);
        Assert.Equal(["ä"], CsvReader.Read(new MemoryStream([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("1,ä")]), NoHeader).ClassNames);
    }

    [Fact]
    public void A_long_wrong_field_is_cut_in_the_message()
    {
        string field = new('x', 1000);
        AssertRefused($"Line 1, column 1 is '{field[..40]}…'; a finite number is needed.", field + ",1\n", NoHeader);
    }

    [Theory]
    [InlineData("1,\"a\n2,b\n")]
    [InlineData("1,\"a\"b,2\n")]
    public void Broken_quotes_are_refused(string content)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Read(content, NoHeader));
        Assert.StartsWith("Line 1: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_one_endless_line_is_refused()
    {
        byte[] bomb = TestFiles.Gzip(new byte[18_000_000]);
        Assert.Throws<InvalidDataException>(() => CsvReader.Read(new MemoryStream(bomb)));
    }

    [Fact]
    public void Columns_that_the_file_does_not_have_are_refused()
    {
        AssertRefused("There is no column 'z': the file's columns are 'a', 'b'.", "a,b\n1,2\n", new CsvOptions { TargetColumns = ["z"] });
        AssertRefused("There is no column 'z': the file's columns are without names.", "1,2\n", new CsvOptions { HasHeader = false, TargetColumns = ["z"] });
        AssertRefused("There is no column 2: the file has 2 columns.", "a,b\n1,2\n", new CsvOptions { TargetColumns = [2] });
        AssertRefused("There is no column -3: the file has 2 columns.", "a,b\n1,2\n", new CsvOptions { TargetColumns = [-3] });
        AssertRefused("Two columns are named 'a': 0 and 1.", "a,a\n1,2\n", new CsvOptions { TargetColumns = ["a"] });
        AssertRefused(
            "column 1 is named twice among the target and ignored columns.", "a,b,c\n1,2,3\n",
            new CsvOptions { TargetColumns = ["b"], IgnoredColumns = [1] });
    }

    [Fact]
    public void Contradicting_options_are_refused()
    {
        AssertOptions("Class labels come from exactly 1 column; 2 are given.", new CsvOptions { TargetColumns = [0, 1] });
        AssertOptions("Target values need at least 1 column; none is given.", new CsvOptions { TargetKind = TargetKind.Values, TargetColumns = [] });
        AssertOptions("9 is no kind of target.", new CsvOptions { TargetKind = (TargetKind)9 });
        AssertOptions("'5' cannot separate fields.", new CsvOptions { Separator = '5' });
        AssertOptions("'\"' cannot separate fields.", new CsvOptions { Separator = '"' });
    }

    [Fact]
    public void Numbers_come_back_to_the_bit_plain_and_packed() =>
        Gen.Float.Where(float.IsFinite).Array[3].Array[1, 20].Sample(rows =>
        {
            var text = new StringBuilder();
            foreach (float[] row in rows)
            {
                text.AppendJoin(',', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture))).Append(",k\n");
            }

            byte[] file = Encoding.UTF8.GetBytes(text.ToString());
            foreach (byte[] content in new[] { file, TestFiles.Gzip(file) })
            {
                Dataset data = CsvReader.Read(new TestFiles.Trickle(content), NoHeader).Data;
                Assert.Equal(rows.Length, data.Count);
                for (int i = 0; i < rows.Length; i++)
                {
                    Assert.Equal(rows[i].Select(BitConverter.SingleToUInt32Bits), data.Features(i).Select(BitConverter.SingleToUInt32Bits));
                }
            }
        }, iter: 50);

    [Fact]
    public void Damaged_bytes_never_give_another_exception()
    {
        byte[] plain = Encoding.UTF8.GetBytes("a,b,y\n1,\"2\",x\n# c\n3,4.5e1,\"y \"\"z\"\"\"\n");
        byte[] packed = TestFiles.Gzip(plain);
        Gen.Select(Gen.Bool, Gen.Int[0, 10_000], Gen.Byte, Gen.Bool).Sample((zip, at, value, cut) =>
        {
            byte[] file = [.. zip ? packed : plain];
            at %= file.Length;
            file[at] = value;
            TestFiles.AssertReadOrRefused(() => CsvReader.Read(new MemoryStream(cut ? file[..at] : file)));
        }, iter: 5000);
    }

    private static NamedDataset Read(string content, CsvOptions? options = null) => CsvReader.Read(TestFiles.Text(content), options);

    private static void AssertRefused(string message, string content, CsvOptions options) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => Read(content, options)).Message);

    private static void AssertOptions(string message, CsvOptions options) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Read("a,b,y\n1,2,3\n", options)).Message);
}
