namespace SparseTraining.Persistence;

/// <summary>
/// Replaces files as a whole: the content goes to a temporary file in the same folder, is flushed to the disk, and then
/// takes the file's name. Whatever happens before that leaves the old file as it was.
/// </summary>
internal static class AtomicFile
{
    /// <summary>
    /// What the names of temporary files end in. Between it and the target's name stands a number that no other save has: with one name
    /// for all, a save could begin to overwrite the file that another one is about to move.
    /// </summary>
    public const string TemporarySuffix = ".tmp";

    public static void Write(string path, Action<Stream> write)
    {
        string temporary = Temporary(path);
        bool opened = false;
        try
        {
            using (FileStream stream = Open(temporary, FileOptions.None))
            {
                opened = true;
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e)
        {
            throw AfterFailure(path, temporary, opened, e);
        }
    }

    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        string temporary = Temporary(path);
        bool opened = false;
        try
        {
            FileStream stream = Open(temporary, FileOptions.Asynchronous);
            await using (stream.ConfigureAwait(false))
            {
                opened = true;
                await write(stream).ConfigureAwait(false);
                await stream.FlushAsync().ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e)
        {
            throw AfterFailure(path, temporary, opened, e);
        }
    }

    private static string Temporary(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return $"{path}.{Guid.NewGuid():N}{TemporarySuffix}";
    }

    private static FileStream Open(string temporary, FileOptions options) =>
        new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16, options);

    private static Exception AfterFailure(string path, string temporary, bool opened, Exception cause)
    {
        try
        {
            if (opened)
            {
                File.Delete(temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The cause says more than this does.
        }

        return cause switch
        {
            UnauthorizedAccessException => new UnauthorizedAccessException($"\"{path}\" could not be saved: {cause.Message}", cause),
            IOException => new IOException($"\"{path}\" could not be saved: {cause.Message}", cause),
            _ => cause,
        };
    }
}
