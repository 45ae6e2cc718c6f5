namespace SparseTraining.Schedules;

/// <summary>
/// The built-in learning-rate schedules. Each gives a factor for the optimizer's base learning rate and holds no state,
/// so one instance may serve many runs.
/// </summary>
public static class LearningRateSchedules
{
    /// <summary>The base learning rate throughout.</summary>
    public static ILearningRateSchedule Constant { get; } = new ConstantRate();

    /// <summary>Multiplies the rate by a factor every so many epochs: factor^⌊epoch / n⌋.</summary>
    /// <param name="everyEpochs">The number n of epochs, at least 1.</param>
    /// <param name="factor">The factor, in (0, 1].</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static ILearningRateSchedule Step(int everyEpochs, double factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(everyEpochs, 1);
        ThrowIfNotFactor(factor, nameof(factor));
        return new StepRate(everyEpochs, factor);
    }

    /// <summary>Multiplies the rate by a factor after each epoch: factor^epoch.</summary>
    /// <param name="factorPerEpoch">The factor, in (0, 1].</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public static ILearningRateSchedule Exponential(double factorPerEpoch)
    {
        ThrowIfNotFactor(factorPerEpoch, nameof(factorPerEpoch));
        return new StepRate(1, factorPerEpoch);
    }

    /// <summary>
    /// From the base rate down along half a cosine over the run: m + (1 − m)/2 · (1 + cos(π t)) with t the part of the
    /// run that is done (Loshchilov and Hutter 2017, equation 5, without restarts). Where the number of steps is
    /// unknown, t goes by epochs.
    /// </summary>
    /// <param name="minScale">The factor m at the end, in [0, 1].</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public static ILearningRateSchedule Cosine(double minScale = 0)
    {
        ThrowIfNotShare(minScale, nameof(minScale));
        return new CosineRate(minScale);
    }

    /// <summary>
    /// Grows linearly during the first epochs (Goyal et al. 2017, section 2.2). The factor multiplies that of the other
    /// schedule, which counts from the start of the run.
    /// </summary>
    /// <param name="epochs">The length of the warm-up in epochs, above 0 and finite.</param>
    /// <param name="then">The schedule that rules alone afterwards.</param>
    /// <param name="startScale">The factor of the first step, in [0, 1].</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static ILearningRateSchedule WarmUp(double epochs, ILearningRateSchedule then, double startScale = 0.1)
    {
        ArgumentNullException.ThrowIfNull(then);
        if (!(epochs > 0) || !double.IsFinite(epochs))
        {
            throw new ArgumentOutOfRangeException(nameof(epochs), epochs, "The value must be above 0 and finite.");
        }

        ThrowIfNotShare(startScale, nameof(startScale));
        return new WarmUpRate(epochs, then, startScale);
    }

    /// <summary>
    /// One cycle (Smith and Topin 2019): linearly up to the base rate, then along half a cosine down. The base rate is
    /// the peak.
    /// </summary>
    /// <param name="peakFraction">The part of the run after which the peak is reached, in (0, 1).</param>
    /// <param name="startScale">The factor at the start, in [0, 1].</param>
    /// <param name="endScale">The factor at the end, in [0, 1].</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static ILearningRateSchedule OneCycle(
        double peakFraction = 0.3, double startScale = 0.04, double endScale = 0.0001)
    {
        if (!(peakFraction > 0 && peakFraction < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(peakFraction), peakFraction, "The value must be in (0, 1).");
        }

        ThrowIfNotShare(startScale, nameof(startScale));
        ThrowIfNotShare(endScale, nameof(endScale));
        return new OneCycleRate(peakFraction, startScale, endScale);
    }

    /// <summary>
    /// Lets the training loss decide (Chouliaras 2021, section 2.3.6). After an epoch whose loss fell below that of the
    /// last accepted epoch the rate grows; after one whose loss rose by more than the tolerance, or that diverged, the epoch
    /// is undone and the rate shrinks; a smaller rise is accepted and changes nothing. After three undone epochs in a row the
    /// next loss is accepted however high it is (unless the epoch diverged: that ends the run): after a rewire the loss may be one that no rate brings back.
    /// </summary>
    /// <param name="increase">The factor η⁺ of growth, at least 1 and finite.</param>
    /// <param name="decrease">The factor ρ of shrinking, in (0, 1).</param>
    /// <param name="tolerance">
    /// The rise that is accepted, as a share of the loss, at least 0 and finite. The default is for links that stay: each rewire lifts the
    /// loss by itself, so that with SET after every epoch the rate would shrink to nothing; take 0.3 to 1 there.
    /// </param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static ILearningRateSchedule LossDriven(
        double increase = 1.05, double decrease = 0.7, double tolerance = 0.04)
    {
        if (!(increase >= 1) || !double.IsFinite(increase))
        {
            throw new ArgumentOutOfRangeException(
                nameof(increase), increase, "The value must be at least 1 and finite.");
        }

        if (!(decrease > 0 && decrease < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(decrease), decrease, "The value must be in (0, 1).");
        }

        if (!(tolerance >= 0) || !double.IsFinite(tolerance))
        {
            throw new ArgumentOutOfRangeException(
                nameof(tolerance), tolerance, "The value must be at least 0 and finite.");
        }

        return new LossDrivenRate(increase, decrease, tolerance);
    }

    private static void ThrowIfNotFactor(double value, string name)
    {
        if (!(value > 0 && value <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "The value must be in (0, 1].");
        }
    }

    private static void ThrowIfNotShare(double value, string name)
    {
        if (!(value >= 0 && value <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "The value must be in [0, 1].");
        }
    }
}
