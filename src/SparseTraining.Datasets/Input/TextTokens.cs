namespace SparseTraining.Datasets.Input;

/// <summary>
/// Cuts a text of lines into words without ever holding more than one word, so that an endless line costs nothing.
/// What follows # in a line is passed over.
/// </summary>
internal sealed class TextTokens(Stream stream)
{
    private const int LongestWord = 256;

    private static ReadOnlySpan<byte> Mark => [0xef, 0xbb, 0xbf];

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly byte[] _word = new byte[LongestWord];
    private int _next;
    private int _end;
    private int _peeked = -2;

    /// <summary>The line that the last word stood in, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Reads the next word of this line.</summary>
    /// <param name="word">The word, until the next call; empty at the end of the line.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidDataException">The word is longer than any number.</exception>
    public bool TryReadWord(out ReadOnlySpan<byte> word)
    {
        int length = 0;
        int value = Peek();
        while (value is ' ' or '\t' or '\r')
        {
            value = Advance();
        }

        if (value == '#')
        {
            while (value is not ('\n' or -1))
            {
                value = Advance();
            }
        }

        while (value is not (' ' or '\t' or '\r' or '\n' or '#' or -1))
        {
            if (length == LongestWord)
            {
                throw new InvalidDataException($"Line {Line} holds a word of more than {LongestWord} characters.");
            }

            _word[length++] = (byte)value;
            value = Advance();
        }

        word = _word.AsSpan(0, length);
        return length > 0;
    }

    /// <summary>Goes to the next line, once <see cref="TryReadWord"/> has reported the end of this one.</summary>
    /// <returns>Whether there is a next line.</returns>
    public bool NextLine()
    {
        if (Peek() != '\n')
        {
            return false;
        }

        Line++;
        return Advance() != -1;
    }

    private int Peek() => _peeked == -2 ? Begin() : _peeked;

    /// <summary>Goes to the first character, behind the mark of UTF-8 that some editors put in front.</summary>
    private int Begin()
    {
        _end = stream.ReadAtLeast(_buffer, Mark.Length, throwOnEndOfStream: false);
        _next = _buffer.AsSpan(0, _end).StartsWith(Mark) ? Mark.Length : 0;
        return Advance();
    }

    private int Advance()
    {
        if (_next == _end)
        {
            _next = 0;
            _end = stream.Read(_buffer);
        }

        return _peeked = _next < _end ? _buffer[_next++] : -1;
    }
}
