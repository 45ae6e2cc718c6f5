// Gives every reader of files damaged inputs and holds it to its promises:
//   dotnet run -c Release --project tests/SparseTraining.Fuzz -- --inputs 1000000 --seed 1 [--only model]
// Inputs that show a fault are written to the folder "findings".
using System.Globalization;
using SparseTraining.Fuzz;

long inputs = 2000;
ulong seed = 1;
string? only = null;
for (int i = 0; i + 1 < args.Length; i += 2)
{
    switch (args[i])
    {
        case "--inputs":
            inputs = long.Parse(args[i + 1], CultureInfo.InvariantCulture);
            break;
        case "--seed":
            seed = ulong.Parse(args[i + 1], CultureInfo.InvariantCulture);
            break;
        case "--only":
            only = args[i + 1];
            break;
        default:
            Console.Error.WriteLine($"\"{args[i]}\" is not known; there are --inputs, --seed and --only.");
            return 2;
    }
}

Target[] targets = [.. Targets.All.Where(target => only is null || target.Name == only)];
if (targets.Length == 0)
{
    Console.Error.WriteLine($"\"{only}\" is not among {string.Join(", ", Targets.All.Select(target => target.Name))}.");
    return 2;
}

return targets.Sum(target => Fuzzer.Run(target, inputs, seed, "findings")) == 0 ? 0 : 1;
