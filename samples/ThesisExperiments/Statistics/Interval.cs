namespace ThesisExperiments.Statistics;

/// <summary>A mean and its 95 % confidence interval (Student t).</summary>
/// <param name="Mean">The mean; NaN without values.</param>
/// <param name="Low">The lower end; NaN with fewer than two values.</param>
/// <param name="High">The upper end; NaN with fewer than two values.</param>
/// <param name="Count">How many values there are.</param>
internal readonly record struct Interval(double Mean, double Low, double High, int Count)
{
    public const double Confidence = 0.95;

    /// <summary>An interval of nothing.</summary>
    public static Interval None { get; } = new(double.NaN, double.NaN, double.NaN, 0);

    /// <summary>Half of its length.</summary>
    public double HalfWidth => (High - Low) / 2;

    /// <summary>The interval of a mean.</summary>
    /// <param name="values">Independent values.</param>
    public static Interval Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            return None;
        }

        double mean = values.Average();
        if (values.Count == 1)
        {
            return new Interval(mean, double.NaN, double.NaN, 1);
        }

        double half = StudentT.Critical(Confidence, values.Count - 1) * StandardDeviation(values) / Math.Sqrt(values.Count);
        return new Interval(mean, mean - half, mean + half, values.Count);
    }

    /// <summary>The interval of the mean of a − b over pairs that were made under the same circumstances.</summary>
    public static Interval OfDifference(IReadOnlyCollection<(double A, double B)> pairs) => Of([.. pairs.Select(pair => pair.A - pair.B)]);

    /// <summary>
    /// The interval of a/b − 1 over pairs of positive values. It is that of ln a − ln b, for which twice and half as much lie
    /// equally far from the same, so that its ends are not equally far from the mean.
    /// </summary>
    public static Interval OfChange(IReadOnlyCollection<(double A, double B)> pairs)
    {
        Interval log = Of([.. pairs.Select(pair => Math.Log(pair.A / pair.B))]);
        return log with { Mean = Math.Exp(log.Mean) - 1, Low = Math.Exp(log.Low) - 1, High = Math.Exp(log.High) - 1 };
    }

    /// <summary>The standard deviation of a sample (n − 1); 0 for a single value.</summary>
    public static double StandardDeviation(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        return values.Count < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}
