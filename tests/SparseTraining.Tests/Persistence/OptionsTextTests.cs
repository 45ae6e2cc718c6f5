using SparseTraining.Evolution;
using SparseTraining.Persistence;

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

    [Theory]
    [InlineData("optimizer", "Sgd(0.1) ", "goes on after its end")]
    [InlineData("optimizer", "Sgd(x)", "argument 0 of Sgd is no number")]
    [InlineData("optimizer", "Momentum(0.1, Sgd(1))", "argument 1 of Momentum is no number")]
    [InlineData("optimizer", "Sgd(", "a name is missing at character 4")]
    [InlineData("optimizer", "Sgd(0.1", "a parenthesis is not closed")]
    [InlineData("optimizer", "Sgd(0.1(", "a name is missing at character 8")]
    [InlineData("optimizer", "Sgd(1, 2, 3)", "Sgd with 3 arguments is no optimizer of this version")]
    [InlineData("loss", "Loss", "Loss with 0 arguments is no loss of this version")]
    [InlineData("evolution.prune", "X", "is no prune criterion of this version")]
    [InlineData("evolution.grow", "X", "is no grow criterion of this version")]
    [InlineData("weight-initializer", "X", "is no weight initializer of this version")]
    [InlineData("density", "PerLayer", "is no density allocation of this version")]
    [InlineData("hidden-activation", "X", "is no activation of this version")]
    [InlineData("learning-rate-schedule", "X", "is no learning-rate schedule of this version")]
    [InlineData("learning-rate-schedule", "Step(1.5, 0.1)", "argument 0 of Step is no whole number")]
    [InlineData("learning-rate-schedule", "Step(1e10, 0.1)", "argument 0 of Step is no whole number")]
    [InlineData("evolution.zeta", "X", "is no zeta schedule of this version")]
    [InlineData("evolution.zeta", "Piecewise(X)", "X with 0 arguments is no section of a zeta schedule of this version")]
    public void What_is_wrong_with_a_text_is_said(string key, string value, string reason) =>
        Assert.Contains(
            reason, Assert.Throws<InvalidDataException>(() => OptionsText.Parse([KeyValuePair.Create(key, value)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Blocks_may_be_nested_256_deep_and_no_deeper()
    {
        Assert.Equal("0.1", Innermost(Nested(256)).Name);
        Assert.Contains("nested too deeply", Assert.Throws<FormatException>(() => Nested(257)).Message, StringComparison.Ordinal);

        static Part Nested(int depth) => Part.Parse($"{string.Concat(Enumerable.Repeat("Sum(", depth))}0.1{new string(')', depth)}");

        static Part Innermost(Part part) => part.Count == 0 ? part : Innermost(part.Arguments[0]);
    }

    [Fact]
    public void An_option_that_is_there_twice_is_an_error_and_one_that_is_missing_has_its_default()
    {
        Assert.Throws<InvalidDataException>(() => OptionsText.Parse([KeyValuePair.Create("seed", "1"), KeyValuePair.Create("seed", "1")]));
        Assert.Equal(OptionsText.Of(new SparseMlpOptions { Seed = 3 }), OptionsText.Of(OptionsText.Parse([KeyValuePair.Create("seed", "3")])));
    }
}
