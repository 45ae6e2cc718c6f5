namespace SparseTraining.Schedules;

/// <summary>The last section in the list that has started rules.</summary>
internal sealed record PiecewiseZeta(ZetaSection[] Sections) : IZetaSchedule
{
    public double GetZeta(in ZetaContext context)
    {
        int current = Sections.Length - 1;
        while (!Sections[current].HasStarted(context))
        {
            current--; // the first section starts at 0, hence has always started
        }

        return Sections[current].Schedule.GetZeta(context);
    }

    public override string ToString() => $"piecewise ({string.Join("; ", (object[])Sections)})";
}
