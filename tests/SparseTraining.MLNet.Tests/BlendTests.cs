using SparseTraining.MLNet.Training;

namespace SparseTraining.MLNet.Tests;

/// <summary>How much each kind of network counts.</summary>
public class BlendTests
{
    [Fact]
    public void The_best_of_all_counts_alone()
    {
        float[][] right = [[0.9f, 0.1f], [0.1f, 0.9f]], wrong = [[0.1f, 0.9f], [0.9f, 0.1f]];
        Assert.Equal([0, 1], Blend.Weigh([wrong, right], [0, 1], [1, 1], isRegression: false));
    }

    [Fact]
    public void Errors_that_cancel_are_blended()
    {
        // The mean of 1 and 4 parts is 1 · 0.75 + 4 · 0.25 = 1.75, and so on: shares of ¾ and ¼ hit every target.
        float[][] low = [[1], [2], [3]], high = [[4], [8], [12]];
        Assert.Equal([0.75, 0.25], Blend.Weigh([low, high], [1.75f, 3.5f, 5.25f], [1, 1, 1], isRegression: true));
    }

    [Fact]
    public void Rows_count_by_their_weight()
    {
        float[][] first = [[1], [0]], second = [[0], [1]];
        Assert.Equal([1, 0], Blend.Weigh([first, second], [1, 0], [1, 0], isRegression: true));
        double[] shares = Blend.Weigh([first, second], [1, 1], [9, 1], isRegression: true);
        Assert.Equal(0.9, shares[0], 0.05);
        Assert.Equal(1, shares.Sum(), 1e-12);
    }

    [Fact]
    public void A_probability_of_0_is_no_infinite_loss()
    {
        float[][] sure = [[1, 0], [1, 0], [1, 0]], unsure = [[0.5f, 0.5f], [0.5f, 0.5f], [0.5f, 0.5f]];
        double[] shares = Blend.Weigh([sure, unsure], [0, 0, 1], [1, 1, 1], isRegression: false);
        Assert.InRange(shares[0], 0.01, 0.99);
    }
}
