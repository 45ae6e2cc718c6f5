using System.Text;

namespace SparseTraining.Datasets.Input;

/// <summary>
/// Reads one variable of a MAT-file: an element of flags, one of dimensions, one with the name, and for numeric arrays
/// one with the numbers.
/// </summary>
internal sealed class MatVariableParser(LimitedStream stream, bool littleEndian)
{
    private const uint Int8 = 1;
    private const uint Int32 = 5;
    private const uint UInt32 = 6;
    private const uint Utf8 = 16;
    private const int MaxDimensions = 32;
    private const int LongestName = 255;
    private const uint OpaqueClass = 17; // tables, strings and other new objects; has no dimensions
    private const uint ComplexFlag = 0x0800;

    /// <summary>Reads the variable, its numbers only if its name is wanted and it is a real dense numeric array.</summary>
    public MatVariable Read(Func<string, bool> wanted)
    {
        PackedNumbers flags = ReadHeaderElement("array flags", type => type == UInt32, 8);
        uint word = Words<uint>(flags, 2, "array flags")[0];
        uint arrayClass = word & 0xff;
        int[] dimensions = [];
        if (arrayClass != OpaqueClass)
        {
            PackedNumbers sizes = ReadHeaderElement("dimensions", type => type == Int32, 4 * MaxDimensions);
            dimensions = Words<int>(sizes, 2, "dimensions");
        }

        byte[] name = ReadBytes("name", type => type is Int8 or Utf8, LongestName, out _);
        string text = Encoding.UTF8.GetString(name);
        string kind = Describe(arrayClass, (word & ComplexFlag) != 0, out bool readable);

        // A variable without a name is MATLAB's own store for objects, not the user's.
        return new MatVariable(text, kind, readable && text.Length > 0 && wanted(text) ? ReadNumbers(text, dimensions) : null);
    }

    private MatArray ReadNumbers(string name, int[] dimensions)
    {
        long count = 1;
        foreach (int dimension in dimensions)
        {
            count = dimension >= 0 && count <= Array.MaxLength ? count * dimension : -1;
            if (count < 0)
            {
                break;
            }
        }

        if (count < 0 || count > Array.MaxLength)
        {
            throw new InvalidDataException($"'{name}' is {string.Join(" × ", dimensions)}, which no array can hold.");
        }

        byte[] bytes = ReadBytes($"numbers of '{name}'", type => NumericTypeOf(type) is not null, long.MaxValue, out uint type, count);
        return new MatArray(name, dimensions, new PackedNumbers(bytes, NumericTypeOf(type)!.Value, littleEndian));
    }

    private PackedNumbers ReadHeaderElement(string what, Func<uint, bool> allowed, long longest) =>
        new(ReadBytes(what, allowed, longest, out uint type), type == UInt32 ? NumericType.UInt32 : NumericType.Int32, littleEndian);

    private static T[] Words<T>(PackedNumbers numbers, int atLeast, string what)
        where T : struct, System.Numerics.INumber<T> => numbers.Count >= atLeast
        ? numbers.To<T>()
        : throw new InvalidDataException($"MAT-file variable: the {what} hold {numbers.Count} numbers, at least {atLeast} are needed.");

    /// <summary>Reads one element, refusing a wrong type or size before anything is read or allocated.</summary>
    private byte[] ReadBytes(string what, Func<uint, bool> allowed, long longest, out uint type, long? count = null)
    {
        MatTag tag = MatTag.Read(stream, littleEndian);
        type = tag.Type;
        if (!allowed(type))
        {
            throw new InvalidDataException($"MAT-file variable: the {what} are stored as type {type}, which does not fit.");
        }

        if (tag.Size > longest)
        {
            throw new InvalidDataException($"MAT-file variable: the {what} take {tag.Size} bytes; at most {longest} are possible.");
        }

        if (count is { } expected && tag.Size != expected * PackedNumbers.SizeOf(NumericTypeOf(type)!.Value))
        {
            throw new InvalidDataException(
                $"MAT-file variable: the {what} take {tag.Size} bytes, which are not the {expected} numbers of its dimensions.");
        }

        if (tag.IsSmall)
        {
            return tag.SmallBytes();
        }

        if (tag.Size > stream.Remaining)
        {
            throw new InvalidDataException(
                $"MAT-file variable: the {what} take {tag.Size} bytes, but only {stream.Remaining} are left in the variable.");
        }

        byte[] bytes = BoundedRead.Exactly(stream, tag.Size, $"MAT-file variable: the {what}");
        long padding = (8 - tag.Size % 8) % 8;
        BoundedRead.Skip(stream, Math.Min(padding, stream.Remaining), "MAT-file variable");
        return bytes;
    }

    private static NumericType? NumericTypeOf(uint type) => type switch
    {
        Int8 => NumericType.Int8,
        2 => NumericType.UInt8,
        3 => NumericType.Int16,
        4 => NumericType.UInt16,
        Int32 => NumericType.Int32,
        UInt32 => NumericType.UInt32,
        7 => NumericType.Single,
        9 => NumericType.Double,
        12 => NumericType.Int64,
        13 => NumericType.UInt64,
        _ => null,
    };

    private static string Describe(uint arrayClass, bool isComplex, out bool readable)
    {
        readable = arrayClass is >= 6 and <= 15 && !isComplex;
        return arrayClass switch
        {
            1 => "a cell array",
            2 => "a structure",
            3 => "an object",
            4 => "text",
            5 => "a sparse matrix",
            >= 6 and <= 15 => isComplex ? "a complex array" : "a numeric array",
            16 => "a function handle",
            OpaqueClass => "an object",
            _ => $"of the unknown class {arrayClass}",
        };
    }
}
