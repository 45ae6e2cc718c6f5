namespace SparseTraining.Schedules;

/// <summary>Decides ζ, the fraction of a layer's links that a rewire prunes and grows again.</summary>
public interface IZetaSchedule
{
    /// <summary>Gives the fraction for one rewire. It depends on nothing but the context.</summary>
    /// <param name="context">Which rewire it is.</param>
    /// <returns>
    /// ζ in [0, 1). Schedules that are only parts of a sum, a product or a clamp may leave that range.
    /// </returns>
    double GetZeta(in ZetaContext context);
}
