using System.Text;
using SparseTraining.Training;
using Spectre.Console;

/// <summary>A bar while a network trains: <c>LiveProgress.Show("name", progress => mlp.Fit(…))</c>. In a file, a line.</summary>
internal sealed class LiveProgress(ProgressTask task, string name) : IProgress<EpochRecord>
{
    public static FitResult Show(string name, Func<IProgress<EpochRecord>?, FitResult> fit)
    {
        Console.OutputEncoding = Encoding.UTF8;
        if (Console.IsOutputRedirected)
        {
            FitResult result = fit(null);
            Console.WriteLine($"{name}  {result.Epochs.Count} epochs  loss {result.Final.TrainingLoss:F3}  {result.TrainingSeconds:F1} s");
            return result;
        }

        return AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 20 }, new ElapsedTimeColumn())
            .Start(context => fit(new LiveProgress(context.AddTask(name.EscapeMarkup()), name)));
    }

    public void Report(EpochRecord value)
    {
        task.MaxValue = value.EpochCount;
        task.Description = $"{name.EscapeMarkup()}  epoch [bold]{value.Epoch,3}[/]/{value.EpochCount}  loss {value.TrainingLoss:F3}";
        task.Value = value.Epoch;
    }
}
