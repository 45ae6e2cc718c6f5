using System.Text.RegularExpressions;

// <readme>
using SparseTraining;
using SparseTraining.Data;
using SparseTraining.Datasets;
using SparseTraining.Evolution;
using SparseTraining.Optimizers;
using SparseTraining.Schedules;
using SparseTraining.Training;

// </readme>

// Not under SparseTraining, as a user's program is not, so that its names resolve as they do there.
namespace Readme.Tests;

/// <summary>The program in README.md is the one compiled here, and the links of the documentation lead somewhere.</summary>
public partial class ReadmeTests
{
    private const string ThisFile = "tests/SparseTraining.Datasets.Tests/ReadmeTests.cs";

    private static readonly string Root = FindRoot(AppContext.BaseDirectory);

    public static TheoryData<string> Pages => new(
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md",
        .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Select(page => Path.GetRelativePath(Root, page)).Order(StringComparer.Ordinal)]);

    [Fact]
    public void The_first_program_of_the_readme_is_the_one_below()
    {
        string[] printed = Lines(FirstProgram().Match(Read("README.md")).Groups[1].Value);
        string[] compiled = Lines(string.Concat(MarkedPart().Matches(Read(ThisFile)).Select(part => part.Groups[1].Value)));
        Assert.NotEmpty(compiled);
        Assert.Equal(compiled, printed);
    }

    [Fact]
    public void The_first_program_of_the_readme_keeps_its_promise()
    {
        (SparseMlp model, EvaluationResult result) = RunFirstProgram();
        Assert.Contains("more than 97 %", Read("README.md"), StringComparison.Ordinal);
        Assert.InRange(result.Accuracy, 0.97, 1);
        Assert.All(model.Layers.SkipLast(1), layer => Assert.True(layer.Density < 0.1, $"The density is {layer.Density}."));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Relative_links_lead_to_files_or_folders_that_exist(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Root, page))!;
        string[] targets = [.. Link().Matches(Code().Replace(Read(page), "")).Select(link => link.Groups[1].Value)];
        string[] missing = [.. targets
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Select(target => Path.Combine(folder, target.Split('#')[0]))
            .Where(path => !Path.Exists(path))];
        Assert.Empty(missing);
    }

    [Fact]
    public void The_link_test_sees_links()
    {
        string text = Code().Replace("See [a](b/c.md#d), `[1](2)` and\n```csharp\nf[0](x);\n```\n[e](f).", "");
        Assert.Equal(["b/c.md#d", "f"], Link().Matches(text).Select(link => link.Groups[1].Value));
        Assert.Contains("](docs/", Read("README.md"), StringComparison.Ordinal);
    }

    private static (SparseMlp Model, EvaluationResult Result) RunFirstProgram()
    {
        // <readme>
        (Dataset train, Dataset test) = DataSplit.Stratified(Digits.Load(), testFraction: 1.0 / 3, seed: 1);

        var model = new SparseMlp(inputs: 64, hidden: [512, 512], outputs: 10, new SparseMlpOptions
        {
            Epsilon = 5, // links for each neuron: 9 % and 2 % of what the two hidden layers could have
            Evolution = TopologyEvolution.Set(ZetaSchedules.ExponentialDecay(initial: 0.3, interest: 0.2)),
            Optimizer = Optimizers.Momentum(learningRate: 0.05),
            Seed = 1,
        });
        model.Fit(train, new FitOptions { Epochs = 30, BatchSize = 20 });

        EvaluationResult result = model.Evaluate(test);
        Console.WriteLine(model.Summary());
        Console.WriteLine(result);
        // </readme>
        return (model, result);
    }

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "SparseTraining.sln"))
        ? folder
        : FindRoot(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("SparseTraining.sln is in no folder above the tests."));

    private static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    /// <summary>The lines without indentation, which differs between the two, and without blank lines.</summary>
    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex FirstProgram();

    [GeneratedRegex(@"^ *// <readme>\n(.*?)^ *// </readme>$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex MarkedPart();

    [GeneratedRegex(@"```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
