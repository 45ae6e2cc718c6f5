using System.Diagnostics;
using System.Security.Cryptography;
using SparseTraining.Persistence;
using SparseTraining.Randomness;

namespace SparseTraining.KillTest;

/// <summary>Starts the training process over and over, and kills it after a random time.</summary>
internal static class Killer
{
    public static int Run(int kills, ulong seed)
    {
        var random = new RandomGenerator(seed);
        string root = Directory.CreateTempSubdirectory("sparse-kill-").FullName;
        try
        {
            string undisturbed = Path.Combine(root, "undisturbed");
            var watch = Stopwatch.StartNew();
            Require(Start(undisturbed, null) == 0, "the undisturbed run failed");
            double whole = watch.Elapsed.TotalMilliseconds;
            string expected = Hash(undisturbed);
            Console.WriteLine($"Undisturbed run: {whole:F0} ms, model {expected[..16]}");

            int done = 0;
            int duringSaves = 0;
            int runs = 0;
            int resumedMidEpoch = 0;
            while (done < kills)
            {
                string folder = Path.Combine(root, $"run{runs++}");
                while (true)
                {
                    // A resumed process has start-up and less left to do: half the time of a whole run meets all of it.
                    int? after = done < kills ? (int)(random.NextDouble() * whole * 0.75) : null;
                    int code = Start(folder, after);
                    if (code == 0)
                    {
                        break;
                    }

                    Require(after is not null, $"the process ended with code {code} though nobody killed it");
                    done++;
                    string checkpoints = Path.Combine(folder, Training.CheckpointFolder);
                    duringSaves += Directory.Exists(folder) && Directory.GetFiles(folder, "*.tmp", SearchOption.AllDirectories).Length > 0 ? 1 : 0;
                    Checkpoint? newest = Checkpoint.LoadNewest(checkpoints);
                    Require(newest is null || newest.PassedOver.Count == 0, "a kill left a damaged checkpoint");
                    resumedMidEpoch += newest is not null && newest.Step % 15 != 0 ? 1 : 0;
                    string best = Path.Combine(checkpoints, "best.checkpoint");
                    if (File.Exists(best))
                    {
                        _ = Checkpoint.Load(best);
                    }
                }

                Require(Hash(folder) == expected, $"run {runs} ended with other bits");
                Require(Directory.GetFiles(Path.Combine(folder, Training.CheckpointFolder), "*.tmp").Length == 0, "leftovers of a killed save were not cleaned");
                Directory.Delete(folder, true);
            }

            Console.WriteLine($"{done} kills in {runs} runs, {duringSaves} of them during a save, {resumedMidEpoch} resumed within an epoch: every run ended with the same bits.");
            return 0;
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine($"FAILED: {e.Message}");
            return 1;
        }
        finally
        {
            Directory.Delete(root, true);
        }
    }

    /// <summary>Runs the training process to its end, or kills it after so many milliseconds; its exit code.</summary>
    private static int Start(string folder, int? killAfter)
    {
        Directory.CreateDirectory(folder);
        using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--train", folder]))!;
        if (killAfter is int milliseconds && !process.WaitForExit(milliseconds))
        {
            process.Kill(); // SIGKILL: no chance to clean up
        }

        process.WaitForExit();
        return process.ExitCode;
    }

    private static string Hash(string folder) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, Training.ModelName))));

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }
}
