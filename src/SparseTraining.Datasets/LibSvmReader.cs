using SparseTraining.Datasets.Input;

namespace SparseTraining.Datasets;

/// <summary>
/// Reads files in the LibSVM (SVMlight) format, plain or compressed with gzip (seen from the content). A line is a
/// sample: <c>target index:value index:value …</c>, indices rising, everything not named 0, # begins a comment.
/// </summary>
/// <remarks>The features are kept in compressed sparse row form; a zero that the file names is stored.</remarks>
public static class LibSvmReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it; the defaults are those of <see cref="LibSvmOptions"/>.</param>
    /// <returns>The data with the names of its classes.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="InvalidDataException">The content is wrong; the message names the line, from 1.</exception>
    public static NamedDataset Read(string path, LibSvmOptions? options = null) =>
        DataInput.ReadFile(path, stream => Read(stream, options));

    /// <summary>Reads from a stream, which is left open.</summary>
    /// <param name="stream">The content of a file.</param>
    /// <param name="options">How to read it; the defaults are those of <see cref="LibSvmOptions"/>.</param>
    /// <returns>The data with the names of its classes.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="InvalidDataException">The content is wrong; the message names the line, from 1.</exception>
    public static NamedDataset Read(Stream stream, LibSvmOptions? options = null)
    {
        options ??= new LibSvmOptions();
        options.Validate();
        using Stream input = DataInput.Unpack(stream);
        var tokens = new TextTokens(input);
        var table = new LibSvmTable(options);
        do
        {
            if (tokens.TryReadWord(out ReadOnlySpan<byte> word))
            {
                table.BeginSample(word, tokens.Line);
                while (tokens.TryReadWord(out word))
                {
                    table.AddFeature(word, tokens.Line);
                }

                table.EndSample();
            }
        }
        while (tokens.NextLine());

        return table.Finish();
    }
}
