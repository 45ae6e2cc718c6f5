using System.Globalization;
using System.Text;
using CsCheck;
using SparseTraining.Data;

namespace SparseTraining.Datasets.Tests;

public class LibSvmReaderTests
{
    [Fact]
    public void Reads_classes_and_sparse_features()
    {
        NamedDataset read = Read("# two classes\n+1 1:0.5 4:-2e1 # a comment\n\n-1\t2:3\r\n+1\n");
        Assert.Equal(4, read.Data.FeatureCount);
        Assert.Equal([1, 0, 1], read.Data.Labels());
        Assert.Equal(["-1", "+1"], read.ClassNames);
        Assert.Equal([0.5f, 0, 0, -20], read.Data.Features(0));
        Assert.Equal([0f, 3, 0, 0], read.Data.Features(1));
        Assert.Equal([0f, 0, 0, 0], read.Data.Features(2));
    }

    [Fact]
    public void Many_classes_are_ordered_by_value() =>
        Assert.Equal(["0", "2", "10"], Read("10 1:1\n2 1:1\n0 1:1\n2.0 1:1\n").ClassNames);

    [Fact]
    public void The_last_line_needs_no_line_end()
    {
        Assert.Equal([0f, 7f], Read("1 2:7").Data.Features(0));
        Assert.Equal(1, Read("1 2:7\n").Data.Count);
        Assert.Equal(1, Read("1 2:7\n# end").Data.Count);
    }

    [Fact]
    public void The_mark_of_utf8_is_passed_over_at_the_beginning_and_nowhere_else()
    {
        byte[] file = [0xef, 0xbb, 0xbf, .. "1 2:7\n"u8];
        Assert.Equal(["1"], LibSvmReader.Read(new TestFiles.Trickle(file)).ClassNames);
        Assert.Equal(["1"], LibSvmReader.Read(new MemoryStream(TestFiles.Gzip(file))).ClassNames);
        Assert.Throws<InvalidDataException>(() => LibSvmReader.Read(new MemoryStream([.. file, .. file])));
        Assert.Throws<InvalidDataException>(() => LibSvmReader.Read(new MemoryStream(file[..3])));
    }

    [Fact]
    public void Regression_targets_are_kept_as_they_are()
    {
        NamedDataset read = Read("-1.25 1:1\n3 1:2\n", new LibSvmOptions { TargetKind = TargetKind.Values });
        Assert.Equal([-1.25f], read.Data.TargetValues(0).ToArray());
        Assert.Equal([3f], read.Data.TargetValues(1).ToArray());
        Assert.Equal(TargetKind.None, Read("0 1:1\n", new LibSvmOptions { TargetKind = TargetKind.None }).Data.TargetKind);
    }

    [Fact]
    public void The_feature_count_the_first_index_and_the_classes_can_be_given()
    {
        var options = new LibSvmOptions { FeatureCount = 5, FirstIndex = 0, ClassNames = ["-1", "0", "1"] };
        Dataset data = Read("1 0:1 4:2\n", options).Data;
        Assert.Equal([1f, 0, 0, 0, 2], data.Features(0));
        Assert.Equal([2], data.Labels());
    }

    [Fact]
    public void A_huge_index_costs_nothing() => Assert.Equal(int.MaxValue, Read($"1 {int.MaxValue}:1").Data.FeatureCount);

    [Fact]
    public void Features_come_back_to_the_bit_from_slow_and_packed_streams() =>
        Gen.Select(Gen.Float.Where(float.IsFinite), Gen.Bool).Array[6].Array[1, 20].Sample(rows =>
        {
            var text = new StringBuilder();
            foreach ((float, bool)[] row in rows)
            {
                text.Append('1');
                for (int i = 0; i < row.Length; i++)
                {
                    text.Append(row[i].Item2 ? string.Create(CultureInfo.InvariantCulture, $" {i + 1}:{row[i].Item1:R}") : "");
                }

                text.Append('\n');
            }

            byte[] file = Encoding.UTF8.GetBytes(text.ToString());
            foreach (byte[] content in new[] { file, TestFiles.Gzip(file) })
            {
                Dataset data = LibSvmReader.Read(new TestFiles.Trickle(content), new LibSvmOptions { FeatureCount = 6 }).Data;
                for (int i = 0; i < rows.Length; i++)
                {
                    IEnumerable<uint> expected = rows[i].Select(entry => BitConverter.SingleToUInt32Bits(entry.Item2 ? entry.Item1 : 0f));
                    Assert.Equal(expected, data.Features(i).Select(BitConverter.SingleToUInt32Bits));
                }
            }
        }, iter: 50);

    [Theory]
    [InlineData("", "There are no samples.")]
    [InlineData("# nothing\n\n", "There are no samples.")]
    [InlineData("1\n2\n", "No sample names a feature.")]
    [InlineData("1 1:1\nx 1:1\n", "Line 2: the target is 'x'; a finite number is needed.")]
    [InlineData("1,2 1:1\n", "Line 1: the target is '1,2'; a finite number is needed.")]
    [InlineData("nan 1:1\n", "Line 1: the target is 'nan'; a finite number is needed.")]
    [InlineData("1 3\n", "Line 1: '3' is not an index, a colon and a value.")]
    [InlineData("1 1:\n", "Line 1: the value of index 1 is ''; a finite number is needed.")]
    [InlineData("1 1:1e99\n", "Line 1: the value of index 1 is '1e99'; a finite number is needed.")]
    [InlineData("1 0:1\n", "Line 1: the index '0' is not a whole number from 1 to 2147483647.")]
    [InlineData("1 -1:1\n", "Line 1: the index '-1' is not a whole number from 1 to 2147483647.")]
    [InlineData("1 2147483648:1\n", "Line 1: the index '2147483648' is not a whole number from 1 to 2147483647.")]
    [InlineData("1 qid:3 1:1\n", "Line 1: the index 'qid' is not a whole number from 1 to 2147483647.")]
    [InlineData("1 1:1\n1 2:1 2:1\n", "Line 2: index 2 follows 2; indices must rise within a line.")]
    [InlineData("1 3:1 2:1\n", "Line 1: index 2 follows 3; indices must rise within a line.")]
    public void Wrong_content_is_refused_with_its_line(string content, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => Read(content)).Message);

    [Fact]
    public void Content_outside_the_given_bounds_is_refused()
    {
        var bounds = new LibSvmOptions { FeatureCount = 3, ClassNames = ["1", "2"] };
        var exception = Assert.Throws<InvalidDataException>(() => Read("1 4:1\n", bounds));
        Assert.Equal("Line 1: index 4 is beyond the 3 features that a sample may have.", exception.Message);
        exception = Assert.Throws<InvalidDataException>(() => Read("1 3:1\n3 1:1\n", bounds));
        Assert.Equal("Line 2: the class '3' is not among the given classes.", exception.Message);
    }

    [Fact]
    public void An_endless_word_or_line_is_refused_without_allocating()
    {
        byte[] word = TestFiles.Gzip(new byte[20_000_000]);
        InvalidDataException exception = TestFiles.AssertRefused(() => LibSvmReader.Read(new MemoryStream(word)));
        Assert.Equal("Line 1 holds a word of more than 256 characters.", exception.Message);
        var blanks = new byte[20_000_000];
        Array.Fill(blanks, (byte)' ');
        byte[] line = TestFiles.Gzip(blanks);
        TestFiles.AssertRefused(() => LibSvmReader.Read(new MemoryStream(line)));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        AssertOptions("The first index is 2; it must be 0 or 1.", new LibSvmOptions { FirstIndex = 2 });
        AssertOptions("The feature count is 0; it must be at least 1.", new LibSvmOptions { FeatureCount = 0 });
        AssertOptions("9 is no kind of target.", new LibSvmOptions { TargetKind = (TargetKind)9 });
    }

    [Fact]
    public void Damaged_bytes_never_give_another_exception()
    {
        byte[] plain = Encoding.UTF8.GetBytes("+1 1:0.5 4:-2e1 # note\n\n-1 2:3\n3 1:1 2:2 3:3\n");
        byte[] packed = TestFiles.Gzip(plain);
        Gen.Select(Gen.Bool, Gen.Int[0, 10_000], Gen.Byte, Gen.Bool).Sample((zip, at, value, cut) =>
        {
            byte[] file = [.. zip ? packed : plain];
            at %= file.Length;
            file[at] = value;
            TestFiles.AssertReadOrRefused(() => LibSvmReader.Read(new MemoryStream(cut ? file[..at] : file)));
        }, iter: 5000);
    }

    private static NamedDataset Read(string content, LibSvmOptions? options = null) => LibSvmReader.Read(TestFiles.Text(content), options);

    private static void AssertOptions(string message, LibSvmOptions options) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Read("1 1:1\n", options)).Message);
}
