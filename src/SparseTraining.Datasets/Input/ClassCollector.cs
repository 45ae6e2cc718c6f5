using System.Globalization;

namespace SparseTraining.Datasets.Input;

/// <summary>
/// Turns the texts that name classes into labels from 0. If every text is a number, classes are ordered by value and two
/// spellings of one value are one class; otherwise they are ordered ordinally.
/// </summary>
internal sealed class ClassCollector
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _texts = [];
    private readonly List<int> _samples = [];
    private readonly Order? _known;

    /// <param name="known">Names that fix the labels, or <see langword="null"/> to collect them.</param>
    /// <exception cref="ArgumentException">A name is missing or occurs twice.</exception>
    public ClassCollector(IReadOnlyList<string>? known)
    {
        _lookup = _seen.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known is null)
        {
            return;
        }

        _known = new Order(known);
        if (known.Count == 0 || _known.Names.Length != known.Count || known.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException(
                "Class names must be at least one, none of them empty, and none equal to another.", nameof(known));
        }
    }

    /// <summary>Takes the class of the next sample.</summary>
    /// <returns>Whether it is known, where the names were given.</returns>
    public bool Add(ReadOnlySpan<char> text)
    {
        if (!_lookup.TryGetValue(text, out int id))
        {
            string name = text.ToString();
            if (_known is not null && !_known.TryFind(name, out _))
            {
                return false;
            }

            id = _texts.Count;
            _texts.Add(name);
            _seen.Add(name, id);
        }

        _samples.Add(id);
        return true;
    }

    /// <summary>The label of every sample and the name of every label.</summary>
    public (int[] Labels, string[] Names) Finish(IReadOnlyList<string>? known)
    {
        Order order = _known ?? Order.Sorted(_texts);
        int[] labelOf = [.. _texts.Select(order.Find)];
        int[] labels = [.. _samples.Select(id => labelOf[id])];
        return (labels, known is null ? order.Names : [.. known]);
    }

    /// <summary>Classes in order of their labels.</summary>
    private sealed class Order
    {
        private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);
        private readonly Dictionary<(double, decimal), int>? _byValue;

        public Order(IEnumerable<string> names)
        {
            string[] all = [.. names];
            _byValue = all.All(name => TryParse(name, out _)) ? [] : null;
            var kept = new List<string>();
            foreach (string name in all)
            {
                bool isNew = _byValue is null
                    ? _byText.TryAdd(name ?? "", kept.Count)
                    : TryParse(name, out (double Rounded, decimal Exact) value) && _byValue.TryAdd(value, kept.Count);
                if (isNew)
                {
                    kept.Add(name!);
                }
            }

            Names = [.. kept];
        }

        public string[] Names { get; }

        public static Order Sorted(List<string> texts)
        {
            // Ordinal order first: among spellings of one value, the name does not depend on the order of the samples.
            IEnumerable<string> ordered = texts.Order(StringComparer.Ordinal);
            return new Order(texts.All(text => TryParse(text, out _)) ? ordered.OrderBy(Value) : ordered);
        }

        public int Find(string text) => TryFind(text, out int label) ? label : throw new KeyNotFoundException(text);

        public bool TryFind(string text, out int label)
        {
            label = 0;
            return _byValue is null
                ? _byText.TryGetValue(text, out label)
                : TryParse(text, out (double Rounded, decimal Exact) value) && _byValue.TryGetValue(value, out label);
        }

        private static (double Rounded, decimal Exact) Value(string text) => TryParse(text, out (double Rounded, decimal Exact) value) ? value : default;

        // A double tells numbers apart that are below a decimal's last place, and a decimal long identifiers.
        private static bool TryParse(string? text, out (double Rounded, decimal Exact) value)
        {
            value = default;
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value.Exact)
                && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value.Rounded);
        }
    }
}
