// The .NET side of check.sh: --export writes models and what they predict, --import reads what Python wrote of them.
using System.Buffers.Binary;
using SparseTraining;
using SparseTraining.Activations;
using SparseTraining.Data;
using SparseTraining.Randomness;

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

static void WriteSingles(string path, float[] values)
{
    var bytes = new byte[values.Length * sizeof(float)];
    for (int i = 0; i < values.Length; i++)
    {
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
    }

    File.WriteAllBytes(path, bytes);
}
