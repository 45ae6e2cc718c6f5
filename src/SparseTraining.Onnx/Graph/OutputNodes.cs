using SparseTraining.Training;

namespace SparseTraining.Onnx.Graph;

/// <summary>
/// The end of the graph: outputs with the names and shapes that scikit-learn's converter gives them, so that programs written
/// for its models take these.
/// </summary>
internal static class OutputNodes
{
    public const string Label = "label";
    public const string Probabilities = "probabilities";
    public const string Values = "variable";

    /// <summary>The name that the last layer's output must have.</summary>
    public static string LastLayerOutput(MlpTask task) => task switch
    {
        MlpTask.Regression => Values,
        MlpTask.BinaryClassification => "positive",
        _ => Probabilities,
    };

    /// <summary>Adds what follows the last layer.</summary>
    public static void Add(GraphBuilder graph, SparseMlpPredictor model, bool useClassNames)
    {
        string last = LastLayerOutput(model.Task);
        switch (model.Task)
        {
            case MlpTask.Regression:
                graph.Output(Values, ElementType.Float, model.OutputSize);
                break;
            case MlpTask.MultiLabelClassification:
                string isSet = graph.Node("Greater", "is_set", [last, graph.Constant("half", 0.5f)]);
                graph.Output(graph.Node("Cast", Label, [isSet], ("to", (long)ElementType.Int64)), ElementType.Int64, model.OutputSize);
                graph.Output(Probabilities, ElementType.Float, model.OutputSize);
                break;
            case MlpTask.BinaryClassification:
                string negative = graph.Node("Sub", "negative", [graph.Constant("one", 1f), last]);
                graph.Node("Concat", Probabilities, [negative, last], ("axis", 1L));
                AddLabel(graph, useClassNames ? model.ClassNames : []);
                graph.Output(Probabilities, ElementType.Float, 2);
                break;
            default:
                AddLabel(graph, useClassNames ? model.ClassNames : []);
                graph.Output(Probabilities, ElementType.Float, model.OutputSize);
                break;
        }
    }

    // Of equal probabilities the first, as PredictClass has it. In single precision p > 1 - p holds just where p > 1/2.
    private static void AddLabel(GraphBuilder graph, IReadOnlyList<string> classNames)
    {
        bool named = classNames.Count > 0;
        string index = graph.Node("ArgMax", named ? "class_index" : Label, [Probabilities], ("axis", 1L), ("keepdims", 0L));
        if (named)
        {
            graph.Node("Gather", Label, [graph.Constant("class_names", Tensors.Strings("class_names", classNames)), index], ("axis", 0L));
        }

        graph.Output(Label, named ? ElementType.String : ElementType.Int64, null);
    }
}
