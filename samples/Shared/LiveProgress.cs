using System.Text;
using SparseTraining.Training;
using Spectre.Console;

/// <summary>Shows a bar while a network trains; in redirected output, a line when it is done.</summary>
internal sealed class LiveProgress(ProgressTask task, string name) : IProgress<EpochRecord>
{
    public static FitResult Show(string name, Func<IProgress<EpochRecord>?, FitResult> fit)
    {
        Console.OutputEncoding = Encoding.UTF8;
        if (Console.IsOutputRedirected)
        {
            FitResult result = fit(null);
            EpochRecord last = result.Final;
            Console.WriteLine($"{name} {last.Epoch} epochs  loss {last.TrainingLoss:F3} {result.TrainingSeconds:F1} s");
            return result;
        }

        return AnsiConsole.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 20 },
                new ElapsedTimeColumn())
            .Start(context => fit(new LiveProgress(context.AddTask(name.EscapeMarkup()), name)));
    }

    public void Report(EpochRecord value)
    {
        task.MaxValue = value.EpochCount;
        task.Description =
            $"{name.EscapeMarkup()}  epoch [bold]{value.Epoch,3}[/]/{value.EpochCount}  loss {value.TrainingLoss:F3}";
        task.Value = value.Epoch;
    }
}
