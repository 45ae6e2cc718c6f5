namespace SparseTraining.Schedules;

/// <summary>The sum of several schedules.</summary>
internal sealed record SumZeta(IZetaSchedule[] Terms) : IZetaSchedule
{
    public double GetZeta(in ZetaContext context)
    {
        double sum = 0;
        foreach (IZetaSchedule term in Terms)
        {
            sum += term.GetZeta(context);
        }

        return sum;
    }

    public override string ToString() => $"sum of ({string.Join("; ", (object[])Terms)})";
}
