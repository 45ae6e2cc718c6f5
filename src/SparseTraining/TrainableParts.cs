using SparseTraining.Activations;
using SparseTraining.Initialization;
using SparseTraining.Persistence;

namespace SparseTraining;

/// <summary>What a reader of a model file needs to make a model that can be trained on: its options, from the file or given.</summary>
internal sealed class TrainableParts(SparseMlpOptions? given) : ModelParts
{
    /// <summary>The options, once they have been read.</summary>
    public SparseMlpOptions Options { get; private set; } = new();

    public override bool ForTraining => true;

    public override void UseOptions(SectionReader reader, IReadOnlyList<KeyValuePair<string, string>> options)
    {
        if (given is null)
        {
            Options = OptionsText.Parse([.. options.Select(option => WithoutForeignActivation(option))]);
            return;
        }

        if (OptionsText.FirstDifference(given, options) is var (key, givenText, storedText))
        {
            throw new ArgumentException($"The option \"{key}\" is {givenText}; the model was saved with {storedText}.", nameof(options));
        }

        Options = given;
    }

    public override Activation Activation(SectionReader reader, int layer, bool isOutput, string text)
    {
        Activation expected = isOutput ? NetworkBuilder.OutputActivation(Options) : Options.HiddenActivation.ForLayer(layer + 1);
        if (text != ActivationText.Of(expected))
        {
            // The base class knows the better message for an activation that only its author has.
            Activation found = base.Activation(reader, layer, isOutput, text);
            throw reader.Damaged($"layer {layer + 1} has the activation {found}; by the options it has {expected}");
        }

        return expected;
    }

    public override WeightInitializer Initializer(Activation activation) => NetworkBuilder.Initializer(Options, activation);

    /// <summary>
    /// A foreign activation cannot be made from its text. Reading goes on with another one until the layer that has it,
    /// where the message can name the layer.
    /// </summary>
    private static KeyValuePair<string, string> WithoutForeignActivation(KeyValuePair<string, string> option) =>
        option.Key is "hidden-activation" or "output-activation" && option.Value.StartsWith(Part.Foreign)
            ? KeyValuePair.Create(option.Key, ActivationText.Of(Activations.Activations.Identity))
            : option;
}
