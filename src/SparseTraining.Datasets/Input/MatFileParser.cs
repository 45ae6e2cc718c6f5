using System.Text;

namespace SparseTraining.Datasets.Input;

/// <summary>
/// Walks through a MAT-file of level 5: a header of 128 bytes, then data elements, each a tag of type and size and so
/// many bytes. A variable is a matrix element, which may be packed inside a compressed element.
/// </summary>
/// <remarks>
/// Every element is read through a <see cref="LimitedStream"/> of its stated size, so that no element reaches into what
/// follows it, whatever its inner sizes claim.
/// </remarks>
internal sealed class MatFileParser(Stream stream)
{
    private const int HeaderSize = 128;
    private const uint MatrixElement = 14;
    private const uint CompressedElement = 15;

    /// <summary>Reads the variables one after another, and the numbers of those that are wanted.</summary>
    public IEnumerable<MatVariable> Variables(Func<string, bool> wanted)
    {
        bool littleEndian = ReadHeader();
        while (MatTag.TryRead(stream, littleEndian, out MatTag tag))
        {
            var element = new LimitedStream(stream, tag.Size, "MAT-file element");
            if (tag.Type == CompressedElement)
            {
                using var unpacked = UnpackedStream.FromZlib(element);
                MatTag inner = MatTag.Read(unpacked, littleEndian);
                RequireMatrix(inner);
                var content = new LimitedStream(unpacked, inner.Size, "MAT-file variable");
                MatVariable variable = new MatVariableParser(content, littleEndian).Read(wanted);
                content.SkipRest();
                RequireEnd(unpacked);
                yield return variable;
            }
            else
            {
                RequireMatrix(tag);
                yield return new MatVariableParser(element, littleEndian).Read(wanted);
            }

            element.SkipRest();
        }
    }

    private static void RequireMatrix(MatTag tag)
    {
        if (tag.Type != MatrixElement || tag.IsSmall)
        {
            throw new InvalidDataException($"MAT-file: an element of type {tag.Type} stands where a variable is expected.");
        }
    }

    /// <summary>Reads beyond the content, where the checksum is compared.</summary>
    private static void RequireEnd(UnpackedStream unpacked)
    {
        Span<byte> more = stackalloc byte[1];
        if (unpacked.Read(more) != 0)
        {
            throw new InvalidDataException("MAT-file variable: more data follows than its size states.");
        }
    }

    /// <summary>Checks the header and tells the byte order.</summary>
    private bool ReadHeader()
    {
        var header = new byte[HeaderSize];
        BoundedRead.Exactly(stream, header, "MAT-file header");
        bool littleEndian = header[126] == 'I' && header[127] == 'M';
        if (!littleEndian && !(header[126] == 'M' && header[127] == 'I'))
        {
            throw new InvalidDataException("This is not a MAT-file of level 5: its header does not end with IM or MI.");
        }

        int version = littleEndian ? header[125] << 8 | header[124] : header[124] << 8 | header[125];
        if (version != 0x0100)
        {
            string hint = version == 0x0200 ? " (an HDF5 file, as written by save -v7.3; save it with -v7)" : "";
            string text = new([.. Encoding.Latin1.GetString(header, 0, 19).Where(c => !char.IsControl(c))]);
            throw new InvalidDataException($"MAT-file '{text}' has version 0x{version:x4}{hint}; only 0x0100 can be read.");
        }

        return littleEndian;
    }
}
