namespace SparseTraining.Tiers.Tests;

/// <summary>
/// A table of choices in which every two choices of different columns meet, in far fewer rows than there are
/// combinations: most faults need no more than two parts to come together.
/// </summary>
internal static class Pairs
{
    /// <summary>Builds the rows one after another, each to meet as many pairs as it can that none before has met.</summary>
    public static IEnumerable<string[]> Cover(string[][] choices)
    {
        HashSet<(int, int, int, int)> open = [.. All(choices)];
        while (open.Count > 0)
        {
            int[] row = Row(choices, open);
            for (int a = 0; a < row.Length; a++)
            {
                for (int b = a + 1; b < row.Length; b++)
                {
                    open.Remove((a, row[a], b, row[b]));
                }
            }

            yield return [.. row.Select((choice, column) => choices[column][choice])];
        }
    }

    private static IEnumerable<(int, int, int, int)> All(string[][] choices) =>
        from a in Enumerable.Range(0, choices.Length)
        from b in Enumerable.Range(a + 1, choices.Length - a - 1)
        from i in Enumerable.Range(0, choices[a].Length)
        from j in Enumerable.Range(0, choices[b].Length)
        select (a, i, b, j);

    /// <summary>Starts from a pair that is open, so that every row brings the end nearer.</summary>
    private static int[] Row(string[][] choices, HashSet<(int, int, int, int)> open)
    {
        (int a, int i, int b, int j) = open.Min();
        var row = new int[choices.Length];
        Array.Fill(row, -1);
        row[a] = i;
        row[b] = j;
        for (int column = 0; column < row.Length; column++)
        {
            if (row[column] < 0)
            {
                row[column] = Enumerable.Range(0, choices[column].Length).MaxBy(choice => Gain(column, choice));
            }
        }

        return row;

        // Open pairs with what is chosen; then, to break ties, open pairs with what may still be chosen.
        (int, int) Gain(int column, int choice)
        {
            int chosen = 0;
            int possible = 0;
            for (int other = 0; other < row.Length; other++)
            {
                for (int value = 0; other != column && value < choices[other].Length; value++)
                {
                    int gain = open.Contains(other < column ? (other, value, column, choice) : (column, choice, other, value)) ? 1 : 0;
                    chosen += row[other] == value ? gain : 0;
                    possible += row[other] < 0 ? gain : 0;
                }
            }

            return (chosen, possible);
        }
    }
}
