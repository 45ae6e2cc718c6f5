using SparseTraining.Evolution;

namespace SparseTraining.Tests.Persistence;

/// <summary>Options as texts: complete, exact, and strict about what it does not know.</summary>
public class OptionsTextTests
{
    public static TheoryData<string, string> Wrong => new()
    {
        { "optimizer", "Momentum(0.01)" },
        { "optimizer", "Momentum(0.01, 2)" },
        { "optimizer", "Momentum(0.01, 0.9" },
        { "optimizer", "Momentum(0.01, 0.9))" },
        { "optimizer", "Momentum(, 0.9)" },
        { "evolution.zeta", "Clamp(Constant(0.1), 0.5, 0.2)" },
        { "evolution.zeta", "Sum" },
        { "evolution.interval", "EverySteps(0.5)" },
        { "task", "7" },
        { "task", "regression" },
        { "seed", "-1" },
        { "seed", "99999999999999999999999" },
        { "evolution.allows-regrowth", "perhaps" },
        { "dropout", "1" },
        { "colour", "blue" },
        { "evolution.zeta", string.Concat(Enumerable.Repeat("Sum(", 100_000)) },
    };

    [Fact]
    public void Every_option_is_among_the_texts()
    {
        // An option that is not written would come back as its default: this fails when one is added and forgotten.
        Assert.Equal(18, typeof(SparseMlpOptions).GetProperties().Length);
        Assert.Equal(8, typeof(TopologyEvolution).GetProperties().Count(property => !property.GetMethod!.IsStatic));
        Assert.Equal(28, OptionsText.Of(new SparseMlpOptions()).Length);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_text_that_says_nothing_possible_is_an_error_that_names_the_option(string key, string value)
    {
        var error = Assert.Throws<InvalidDataException>(() => OptionsText.Parse([KeyValuePair.Create(key, value)]));
        Assert.Contains($"\"{key}\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_is_there_twice_is_an_error_and_one_that_is_missing_has_its_default()
    {
        Assert.Throws<InvalidDataException>(() => OptionsText.Parse([KeyValuePair.Create("seed", "1"), KeyValuePair.Create("seed", "1")]));
        Assert.Equal(OptionsText.Of(new SparseMlpOptions { Seed = 3 }), OptionsText.Of(OptionsText.Parse([KeyValuePair.Create("seed", "3")])));
    }
}
