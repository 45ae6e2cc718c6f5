// Classifies with a model file on a small device: one native program, no runtime beside it.
//   dotnet publish -c Release -r linux-x64 samples/EdgeInference -o edge
//   edge/EdgeInference model.sparse [images.idx]
// For x64 the project asks for x86-64-v3 (AVX2 and fused multiply-add), without which a prediction takes twelve times as
// long. A processor that lacks it does not start the program; -p:IlcInstructionSet=x86-64-v2 makes one for it, same bits.
// The images are an uncompressed IDX file of bytes, as MNIST and its relatives have; without one, noise is classified.
// A model file comes from: dotnet run -c Release --project samples/FashionMnist -- --save models
using System.Diagnostics;
using EdgeInference;
using SparseTraining;

if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine("EdgeInference MODEL [IMAGES]");
    return 2;
}

long before = Memory.WorkingSet();
SparseMlpPredictor predictor;
ImageFile images;
try
{
    predictor = SparseMlpPredictor.Load(args[0]);
    images = args.Length == 2 ? ImageFile.Open(args[1], predictor.InputSize) : ImageFile.Noise(predictor.InputSize);
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

var outputs = new float[predictor.OutputSize];
var sample = new float[predictor.InputSize];
const int Shown = 5, Timed = 2000;
for (int i = 0; i < Shown; i++)
{
    images.Read(i, sample);
    predictor.Predict(sample, outputs);
    int best = outputs.AsSpan().IndexOf(outputs.Max());
    string name = predictor.ClassNames.Count > 0 ? predictor.ClassNames[best] : $"class {best}";
    Console.WriteLine($"Image {i}: {name}, {100 * outputs[best]:F1} %");
}

var times = new double[Timed];
for (int i = 0; i < Timed; i++)
{
    images.Read(i, sample);
    long start = Stopwatch.GetTimestamp();
    predictor.Predict(sample, outputs);
    times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
}

long after = Memory.WorkingSet();
Array.Sort(times);
Console.WriteLine($"Latency      {times[Timed / 2]:F0} µs median, {times[Timed * 99 / 100]:F0} µs 99th percentile, one image at a time");
Console.WriteLine($"Working set  {after / 1024.0:F0} KiB; {(after - before) / 1024.0:F0} KiB more than at the start");
Console.WriteLine($"Model        {predictor.LinkCount} links, {new FileInfo(args[0]).Length / 1024.0:F0} KiB file");
Console.WriteLine($"Program      {new FileInfo(Environment.ProcessPath!).Length / 1024.0:F0} KiB");
return 0;
