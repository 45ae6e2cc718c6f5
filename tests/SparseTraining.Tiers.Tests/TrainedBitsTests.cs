namespace SparseTraining.Tiers.Tests;

/// <summary>
/// The same bits for every number of threads and, since CI runs this once in every tier, for every instruction set.
/// </summary>
public class TrainedBitsTests
{
    public static TheoryData<string> Names => [.. Configuration.All.Select(configuration => configuration.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Trained_bits_are_those_that_are_checked_in_for_any_number_of_threads(string name)
    {
        Configuration configuration = Configuration.All.Single(c => c.Name == name);
        Assert.True(GoldenBits.All.TryGetValue(name, out TrainedBits expected), "The file of bits lacks this line; see CONTRIBUTING.md.");
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            Assert.Equal((threads, expected), (threads, TrainedBits.Of(configuration, threads)));
        }
    }

    [Fact]
    public void No_line_of_the_file_is_left_over_and_no_two_configurations_share_their_bits()
    {
        Assert.Equal(Names.Select(row => row.Data).Order(), GoldenBits.All.Keys.Order());
        Assert.Equal(GoldenBits.All.Count, GoldenBits.All.Values.Select(bits => bits.Parameters).Distinct().Count());
    }
}
