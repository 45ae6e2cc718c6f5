namespace SparseTraining.Fuzz;

/// <summary>A reader under test.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Read">Reads one input; the only exception it may throw is <see cref="InvalidDataException"/>.</param>
/// <param name="Seeds">Good files, which mutation starts from.</param>
/// <param name="HasSections">Whether its files are made of checked sections, which are then damaged behind their checksums.</param>
/// <param name="BytesFree">Bytes that any input may cost.</param>
/// <param name="BytesPerByte">Bytes that each byte of input may cost on top: the reader's stated bound.</param>
internal sealed record Target(
    string Name, Action<byte[]> Read, IReadOnlyList<byte[]> Seeds, bool HasSections, long BytesFree, long BytesPerByte);
