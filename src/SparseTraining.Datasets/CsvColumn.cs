namespace SparseTraining.Datasets;

/// <summary>
/// A column of a CSV file, by name or by position; a <see cref="string"/> or an <see cref="int"/> converts to it.
/// </summary>
public readonly record struct CsvColumn
{
    private CsvColumn(string? name, int index)
    {
        Name = name;
        Index = index;
    }

    /// <summary>The last column.</summary>
    public static CsvColumn Last => At(-1);

    /// <summary>The column's name, compared ordinally, or <see langword="null"/> where the position says it.</summary>
    public string? Name { get; }

    /// <summary>The column's position from 0; negative positions count from the end, −1 is the last column.</summary>
    public int Index { get; }

    /// <summary>Says a column by its name in the header.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static CsvColumn Named(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(name, 0);
    }

    /// <summary>Says a column by its position.</summary>
    /// <param name="index">The position from 0, or from the end if negative (−1 is the last column).</param>
    /// <returns>The column.</returns>
    public static CsvColumn At(int index) => new(null, index);

    /// <summary>Says a column by its name; see <see cref="Named"/>.</summary>
    /// <param name="name">The name.</param>
    public static implicit operator CsvColumn(string name) => Named(name);

    /// <summary>Says a column by its position; see <see cref="At"/>.</summary>
    /// <param name="index">The position.</param>
    public static implicit operator CsvColumn(int index) => At(index);

    /// <inheritdoc/>
    public override string ToString() => Name is null ? $"column {Index}" : $"column '{Name}'";

    /// <summary>The position in a file with these columns.</summary>
    /// <exception cref="InvalidDataException">The file has no such column, or several of that name.</exception>
    internal int Resolve(IReadOnlyList<string> names, int count)
    {
        if (Name is null)
        {
            int position = Index < 0 ? count + Index : Index;
            return position >= 0 && position < count
                ? position
                : throw new InvalidDataException($"There is no column {Index}: the file has {count} columns.");
        }

        int found = -1;
        for (int i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], Name, StringComparison.Ordinal))
            {
                found = found < 0 ? i : throw new InvalidDataException($"Two columns are named '{Name}': {found} and {i}.");
            }
        }

        return found >= 0
            ? found
            : throw new InvalidDataException($"There is no column '{Name}': the file's columns are {Describe(names)}.");
    }

    private static string Describe(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "without names",
        <= 20 => string.Join(", ", names.Select(name => $"'{name}'")),
        _ => string.Join(", ", names.Take(20).Select(name => $"'{name}'")) + $" and {names.Count - 20} more",
    };
}
