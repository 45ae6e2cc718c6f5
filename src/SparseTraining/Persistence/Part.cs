using System.Globalization;

namespace SparseTraining.Persistence;

/// <summary>
/// A building block of a network as text: a name, and in parentheses what it was made with, numbers or other blocks:
/// <c>Clamp(LinearDecay(0.3, 0.01), 0.05, 0.2)</c>. Numbers are written so that they come back exactly.
/// </summary>
internal sealed record Part(string Name, IReadOnlyList<Part> Arguments)
{
    /// <summary>What stands before the description of a block that a user wrote and that no file can hold.</summary>
    public const char Foreign = '?';

    private const int DeepestNesting = 256;

    public int Count => Arguments.Count;

    /// <summary>Writes a block with numbers.</summary>
    public static string Text(string name, params ReadOnlySpan<double> numbers)
    {
        var texts = new string[numbers.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = numbers[i].ToString("R", CultureInfo.InvariantCulture);
        }

        return Text(name, texts);
    }

    /// <summary>Writes a block with others in it.</summary>
    public static string Text(string name, IReadOnlyList<string> arguments) =>
        arguments.Count == 0 ? name : $"{name}({string.Join(", ", arguments)})";

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">It is not a block.</exception>
    public static Part Parse(string text)
    {
        int position = 0;
        Part part = Parse(text, ref position, 0);
        return position == text.Length ? part : throw new FormatException($"\"{text}\" goes on after its end");
    }

    /// <summary>The number that an argument is.</summary>
    public double Number(int index) => Arguments[index] is { Count: 0 } argument
        && double.TryParse(argument.Name, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        ? value
        : throw new FormatException($"argument {index} of {Name} is no number");

    /// <summary>The whole number that an argument is.</summary>
    public int Whole(int index) => Number(index) is double number && number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue
        ? (int)number
        : throw new FormatException($"argument {index} of {Name} is no whole number");

    /// <summary>The exception for a block that this library does not have.</summary>
    public FormatException Unknown(string what) => new($"{Name} with {Count} arguments is no {what} of this version");

    private static Part Parse(string text, ref int position, int depth)
    {
        int start = position;
        while (position < text.Length && text[position] is not ('(' or ')' or ','))
        {
            position++;
        }

        string name = text[start..position].Trim();
        var arguments = new List<Part>();
        if (name.Length == 0 || depth > DeepestNesting)
        {
            throw new FormatException(depth > DeepestNesting ? "it is nested too deeply" : $"a name is missing at character {start}");
        }

        if (position < text.Length && text[position] == '(')
        {
            do
            {
                position++;
                arguments.Add(Parse(text, ref position, depth + 1));
            }
            while (position < text.Length && text[position] == ',');

            if (position == text.Length || text[position] != ')')
            {
                throw new FormatException("a parenthesis is not closed");
            }

            position++;
        }

        return new Part(name, arguments);
    }
}
