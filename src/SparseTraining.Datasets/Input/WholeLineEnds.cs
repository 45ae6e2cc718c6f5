namespace SparseTraining.Datasets.Input;

/// <summary>
/// Hands a text on in pieces that never end between CR and LF. Sylvan learns from the first line how lines end; a piece
/// that ended there would teach it CR alone, and from then on lines would begin with LF, comments too.
/// </summary>
internal sealed class WholeLineEnds(TextReader text) : TextReader
{
    public override int Read(char[] buffer, int index, int count)
    {
        // One place is kept for the LF.
        int read = text.Read(buffer, index, Math.Min(count, Math.Max(1, count - 1)));
        if (read > 0 && read < count && buffer[index + read - 1] == '\r' && text.Peek() == '\n')
        {
            buffer[index + read++] = (char)text.Read();
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            text.Dispose();
        }

        base.Dispose(disposing);
    }
}
