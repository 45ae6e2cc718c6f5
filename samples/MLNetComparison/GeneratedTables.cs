using SparseTraining.Randomness;

namespace MLNetComparison;

/// <summary>Data that is made up, each set with something that some method finds hard.</summary>
internal static class GeneratedTables
{
    public static IEnumerable<Table> All()
    {
        yield return Classes("moons", 1000, 4, (x, random) =>
        {
            double angle = Math.PI * random.NextDouble();
            bool upper = random.NextDouble() < 0.5;
            x[0] = (float)((upper ? Math.Cos(angle) : 1 - Math.Cos(angle)) + 0.25 * random.NextGaussian());
            x[1] = (float)((upper ? Math.Sin(angle) : 0.5 - Math.Sin(angle)) + 0.25 * random.NextGaussian());
            return upper;
        });
        yield return Classes("xor", 2000, 10, (x, _) => x[0] > 0 != x[1] > 0);
        yield return Classes("steps", 2000, 8, (x, random) => (x[0] > 0.3 && x[1] < 0.5) || (x[2] > 1 != random.NextDouble() < 0.05));
        yield return Classes("rare", 3000, 20, (x, _) => x[0] + x[1] * x[2] > 2.2);
        yield return Classes("skewed", 2000, 12, (x, _) =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = MathF.Exp(2 * x[i]);
            }

            return MathF.Log(x[0]) + MathF.Log(x[1]) > MathF.Log(x[2]);
        });
        yield return Classes("categories", 4000, 200, (x, random) =>
        {
            Array.Clear(x);
            int first = random.Next(100), second = random.Next(100);
            x[first] = 1;
            x[100 + second] = 1;
            return first * 37 % 100 + second * 59 % 100 + 20 * random.NextGaussian() > 99;
        });
        yield return Values("friedman", 2000, 10, (x, random) =>
            10 * Math.Sin(Math.PI * x[0] * x[1]) + 20 * (x[2] - 0.5) * (x[2] - 0.5) + 10 * x[3] + 5 * x[4] + random.NextGaussian());
    }

    private static Table Classes(string name, int count, int features, Func<float[], RandomGenerator, bool> label)
    {
        RandomGenerator random = RandomGenerator.Named(1, name);
        return new Table(name, Task.Binary, [.. Enumerable.Range(0, count).Select(_ =>
        {
            float[] x = [.. Enumerable.Range(0, features).Select(_ => (float)random.NextGaussian())];
            bool answer = label(x, random);
            return new Example { Features = x, Answer = answer, Name = answer ? "yes" : "no" };
        })]);
    }

    private static Table Values(string name, int count, int features, Func<float[], RandomGenerator, double> value)
    {
        RandomGenerator random = RandomGenerator.Named(1, name);
        return new Table(name, Task.Regression, [.. Enumerable.Range(0, count).Select(_ =>
        {
            float[] x = [.. Enumerable.Range(0, features).Select(_ => (float)random.NextDouble())];
            return new Example { Features = x, Value = (float)value(x, random) };
        })]);
    }
}
