using SparseTraining.Activations;
using SparseTraining.Initialization;

namespace SparseTraining.Persistence;

/// <summary>What a reader of a model file needs beside the file: this one is for models that only predict.</summary>
internal class ModelParts
{
    /// <summary>Whether layers are made that can be trained.</summary>
    public virtual bool ForTraining => false;

    /// <summary>Takes note of the options before any layer is read.</summary>
    public virtual void UseOptions(SectionReader reader, IReadOnlyList<KeyValuePair<string, string>> options)
    {
    }

    /// <summary>The activation of a layer, by its text.</summary>
    public virtual Activation Activation(SectionReader reader, int layer, bool isOutput, string text)
    {
        if (text.StartsWith(Part.Foreign))
        {
            throw new InvalidDataException(
                $"Layer {layer + 1} has the activation {text[1..]}, which is its author's own and not in the file. Load the model with the options it was made with.");
        }

        try
        {
            return ActivationText.Parse(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw reader.Damaged($"the activation \"{text}\" is not known: {e.Message}", e);
        }
    }

    /// <summary>How grown links of a layer start.</summary>
    public virtual WeightInitializer Initializer(Activation activation) => WeightInitializers.Zero;
}
