using System.Text;
using SparseTraining.Datasets.Input;
using Sylvan.Data.Csv;

namespace SparseTraining.Datasets;

/// <summary>
/// Reads files of separated values (CSV, TSV), plain or compressed with gzip (seen from the content): every column that
/// is neither target nor ignored is a feature.
/// </summary>
/// <remarks>
/// UTF-8, numbers with a decimal point, fields in double quotes where they hold a separator, blank lines and lines that
/// begin with # passed over. Every feature must be a finite number: a missing one is an error, not a guess.
/// </remarks>
public static class CsvReader
{
    // In characters. A record of a million features fits; a file that is one endless line is stopped.
    private const int LongestRecord = 1 << 24;

    // With the mark at the beginning: StreamReader would go over to an encoding that replaces wrong bytes when it finds one.
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Its layout; the defaults are those of <see cref="CsvOptions"/>.</param>
    /// <returns>The data with its names.</returns>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="InvalidDataException">
    /// The content is wrong; the message names the line and the column, both from 1.
    /// </exception>
    public static NamedDataset Read(string path, CsvOptions? options = null) =>
        DataInput.ReadFile(path, stream => Read(stream, options));

    /// <summary>Reads from a stream, which is left open.</summary>
    /// <param name="stream">The content of a file.</param>
    /// <param name="options">Its layout; the defaults are those of <see cref="CsvOptions"/>.</param>
    /// <returns>The data with its names.</returns>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="InvalidDataException">
    /// The content is wrong; the message names the line and the column, both from 1.
    /// </exception>
    public static NamedDataset Read(Stream stream, CsvOptions? options = null)
    {
        options ??= new CsvOptions();
        options.Validate();
        var table = new CsvTable(options);
        using Stream input = DataInput.Unpack(stream);
        using var text = new WholeLineEnds(new StreamReader(input, StrictUtf8));
        long line = 1;
        try
        {
            using CsvDataReader records = CsvDataReader.Create(text, new CsvDataReaderOptions
            {
                HasHeaders = false,
                Delimiter = options.Separator,
                MaxBufferSize = LongestRecord,
                CommentHandler = (Action<string>)(_ => line++),
            });
            while (records.Read())
            {
                ReadOnlySpan<char> raw = records.GetRawRecordSpan();
                if (!raw.IsWhiteSpace() || raw.Contains(options.Separator))
                {
                    table.Add(records, line);
                }

                line += raw.Count('\n');
            }
        }
        catch (Exception e) when (e is CsvFormatException or CsvRecordTooLargeException or FormatException)
        {
            throw new InvalidDataException($"Line {line}: {e.Message}", e);
        }
        catch (DecoderFallbackException e)
        {
            string bytes = Convert.ToHexString(e.BytesUnknown ?? []);
            throw new InvalidDataException($"The text is not UTF-8: in line {line} or behind it the bytes {bytes} are no character.", e);
        }

        return table.Finish();
    }
}
