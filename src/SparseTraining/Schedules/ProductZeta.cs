namespace SparseTraining.Schedules;

/// <summary>The product of several schedules.</summary>
internal sealed record ProductZeta(IZetaSchedule[] Factors) : IZetaSchedule
{
    public double GetZeta(in ZetaContext context)
    {
        double product = 1;
        foreach (IZetaSchedule factor in Factors)
        {
            product *= factor.GetZeta(context);
        }

        return product;
    }

    public override string ToString() => $"product of ({string.Join("; ", (object[])Factors)})";
}
