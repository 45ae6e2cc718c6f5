namespace SparseTraining.Persistence;

/// <summary>Files as streams, in the way that readers of whole files want them.</summary>
internal static class ModelStream
{
    public static FileStream Open(string path, FileOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, options);
    }

    public static void ThrowIfMoreFollows(FileStream stream)
    {
        if (stream.Position < stream.Length)
        {
            throw new InvalidDataException($"The file \"{stream.Name}\" is damaged: {stream.Length - stream.Position} bytes follow its end.");
        }
    }
}
