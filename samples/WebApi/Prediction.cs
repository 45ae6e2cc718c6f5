using System.Globalization;
using SparseTraining;
using SparseTraining.Training;

namespace WebApi;

/// <summary>What a client sends: one sample.</summary>
/// <param name="Features">As many numbers as the model has inputs.</param>
public sealed record PredictionRequest(float[]? Features)
{
    /// <summary>Says what is wrong, one message a field; empty if nothing is.</summary>
    public Dictionary<string, string[]> Problems(SparseMlpPredictor predictor)
    {
        string? problem = null;
        if (Features is null)
        {
            problem = $"The field is required: {predictor.InputSize} numbers.";
        }
        else if (Features.Length != predictor.InputSize)
        {
            problem = $"There are {Features.Length} numbers; the model takes {predictor.InputSize}.";
        }
        else if (Array.FindIndex(Features, feature => !float.IsFinite(feature)) is int wrong and >= 0)
        {
            problem = $"Number {wrong} is too large for single precision.";
        }

        return problem is null ? [] : new() { ["features"] = [problem] };
    }
}

/// <summary>What a client gets.</summary>
/// <param name="Label">The name of the likeliest class, or its number where the model has no names.</param>
/// <param name="Probabilities">One a class, in the order of <see cref="ModelDescription.Classes"/>; they sum to 1.</param>
public sealed record PredictionResponse(string Label, float[] Probabilities)
{
    /// <exception cref="NotSupportedException">The model does not choose one class of several.</exception>
    public static PredictionResponse Of(SparseMlpPredictor predictor, float[] features)
    {
        float[] outputs = predictor.Predict(features);
        float[] probabilities = predictor.Task switch
        {
            MlpTask.MulticlassClassification => outputs,
            MlpTask.BinaryClassification => [1 - outputs[0], outputs[0]],
            _ => throw new NotSupportedException($"This service answers with a class; the model is for {predictor.Task}."),
        };
        int label = Array.IndexOf(probabilities, probabilities.Max());
        return new PredictionResponse(ModelDescription.ClassesOf(predictor)[label], probabilities);
    }
}

/// <summary>What the model is.</summary>
public sealed record ModelDescription(int Inputs, IReadOnlyList<string> Classes, long Links, DateTimeOffset LoadedAt)
{
    public static ModelDescription Of(PredictorFile file)
    {
        SparseMlpPredictor predictor = file.Predictor;
        return new ModelDescription(predictor.InputSize, ClassesOf(predictor), predictor.LinkCount, file.LoadedAt);
    }

    public static IReadOnlyList<string> ClassesOf(SparseMlpPredictor predictor) => predictor.ClassNames.Count > 0
        ? predictor.ClassNames
        : [.. Enumerable.Range(0, Math.Max(2, predictor.OutputSize)).Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
