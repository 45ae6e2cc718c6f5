using Microsoft.ML;
using Microsoft.ML.Data;

// Loads a pipeline that another process saved and scores rows of four features: `Loader MODEL.zip`.
// Nothing here names SparseTraining: ML.NET finds the trainer's assembly by the name in the file.
var context = new MLContext();
ITransformer model = context.Model.Load(args[0], out _);
IDataView rows = context.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(i => new Row { Features = [i, 1 - i, 0.5f * i, 2] }));
foreach (float score in model.Transform(rows).GetColumn<float>("Score"))
{
    Console.WriteLine(score.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
}

internal sealed class Row
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];
}
