// Kills a training process at random moments, resumes it each time, and compares what it ends with to a run that was left
// alone, bit for bit:
//   dotnet run -c Release --project tests/SparseTraining.KillTest -- --kills 200 --seed 1
// The process that is killed is this program again, with --train <folder>.
using SparseTraining.KillTest;

if (args is ["--train", string folder])
{
    Training.Run(folder);
    return 0;
}

int kills = 20;
ulong seed = 1;
for (int i = 0; i + 1 < args.Length; i += 2)
{
    switch (args[i])
    {
        case "--kills":
            kills = int.Parse(args[i + 1], System.Globalization.CultureInfo.InvariantCulture);
            break;
        case "--seed":
            seed = ulong.Parse(args[i + 1], System.Globalization.CultureInfo.InvariantCulture);
            break;
        default:
            Console.Error.WriteLine($"\"{args[i]}\" is not known; there are --kills and --seed.");
            return 2;
    }
}

return Killer.Run(kills, seed);
