// The .NET side of check.sh: --export writes models and what they predict, --import reads what Python wrote of them.
using System.Buffers.Binary;
using SparseTraining;
using SparseTraining.Activations;
using SparseTraining.Data;
using SparseTraining.Onnx;
using SparseTraining.Randomness;
using SparseTraining.Training;

const int Features = 30, Samples = 20;
if (args is not [("--export" or "--import") and var mode, var folder])
{
    Console.Error.WriteLine("SparseTraining.Interchange --export|--import FOLDER");
    return 2;
}

var random = new RandomGenerator(3);
float[][] x = [.. Enumerable.Range(0, Samples).Select(_ => Enumerable.Range(0, Features).Select(_ => random.NextSingle() * 3).ToArray())];
var options = new SparseMlpOptions { Epsilon = 3, HiddenActivation = Activations.LeakyRelu(0.1), FeatureScaling = FeatureScaling.Standard, Seed = 5 };
if (mode == "--export")
{
    Directory.CreateDirectory(folder);
    var model = new SparseMlp(Features, [25, 20], 4, options) { ClassNames = ["a", "b", "c", "d"] };
    model.Fit(Dataset.FromLabels(x, Enumerable.Range(0, Samples).Select(i => i % 4).ToArray()), new FitOptions { Epochs = 5, BatchSize = 8 });
    model.ExportSafetensors(Path.Combine(folder, "model.safetensors"));
    model.ExportNpz(Path.Combine(folder, "npz"));
    WriteSingles(Path.Combine(folder, "inputs.f32"), [.. x.SelectMany(row => row)]);
    WriteSingles(Path.Combine(folder, "outputs.f32"), [.. x.SelectMany(row => model.Predict(row))]);
    ExportOnnx(Path.Combine(folder, "onnx"));
    return 0;
}

byte[] expected = File.ReadAllBytes(Path.Combine(folder, "outputs.f32"));
SparseMlp[] models =
[
    SparseMlp.ImportSafetensors(Path.Combine(folder, "python.safetensors"), options),
    SparseMlp.ImportNpz(Path.Combine(folder, "python-npz"), options),
    SparseMlp.ImportNpz(Path.Combine(folder, "python-npz-packed"), options),
];
foreach (SparseMlp model in models)
{
    float[] outputs = [.. x.SelectMany(row => model.Predict(row))];
    for (int i = 0; i < outputs.Length; i++)
    {
        float wanted = BinaryPrimitives.ReadSingleLittleEndian(expected.AsSpan(i * sizeof(float)));
        if (outputs[i] != wanted)
        {
            Console.Error.WriteLine($"Output {i} is {outputs[i]} after a way through Python, and was {wanted}.");
            return 1;
        }
    }
}

Console.WriteLine($"{models.Length} models that Python wrote predict the same bits.");
return 0;

// Each activation and task, with dense and with sparse weights, for ONNX's own checker.
void ExportOnnx(string to)
{
    Directory.CreateDirectory(to);
    Activation[] activations =
    [
        Activations.Relu, Activations.AllRelu(0.6), Activations.LeakyRelu(), Activations.SRelu(), Activations.Elu(), Activations.Gelu,
        Activations.Swish(), Activations.Sigmoid(), Activations.Tanh, Activations.Softmax, Activations.Identity,
    ];
    foreach (OnnxWeightFormat weights in Enum.GetValues<OnnxWeightFormat>())
    {
        foreach (Activation activation in activations)
        {
            Export(activation.Name, 4, options with { HiddenActivation = activation });
        }

        foreach (MlpTask task in Enum.GetValues<MlpTask>())
        {
            Export(task.ToString(), task == MlpTask.BinaryClassification ? 1 : 4, options with { Task = task });
        }

        void Export(string name, int outputs, SparseMlpOptions with)
        {
            Targets targets = with.Task is MlpTask.MulticlassClassification or MlpTask.BinaryClassification
                ? Targets.FromLabels(x.Select((_, i) => i % Math.Max(2, outputs)).ToArray())
                : Targets.FromValues(Enumerable.Range(0, Samples * outputs).Select(i => (float)(i % 2)).ToArray(), outputs);
            var model = new SparseMlp(Features, [25, 20], outputs, with);
            model.Fit(new Dataset(FeatureMatrix.FromRows(x), targets), new FitOptions { Epochs = 1 });
            model.ExportOnnx(Path.Combine(to, $"{name}-{weights}.onnx"), new OnnxExportOptions { Weights = weights });
        }
    }
}

static void WriteSingles(string path, float[] values)
{
    var bytes = new byte[values.Length * sizeof(float)];
    for (int i = 0; i < values.Length; i++)
    {
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
    }

    File.WriteAllBytes(path, bytes);
}
