using System.Globalization;

namespace SparseTraining.Tests.Persistence;

/// <summary>
/// Files that earlier versions wrote stay readable for ever. A file here is never changed or removed; a new version of the
/// format adds its own.
/// </summary>
public class GoldenFileTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Persistence", "Golden");

    public static TheoryData<string> Models => [.. Directory.GetFiles(Folder, "*.sparse").Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_file_of_an_earlier_version_gives_the_predictions_of_its_time(string name)
    {
        float[] expected = [.. File.ReadAllLines(Path.Combine(Folder, name + ".txt"))
            .Select(line => BitConverter.UInt32BitsToSingle(uint.Parse(line, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))];
        string path = Path.Combine(Folder, name + ".sparse");
        Assert.Equal(expected, SmallModels.Predictions(SparseMlp.Load(path), 3));
        SparseMlpPredictor predictor = SparseMlpPredictor.Load(path);
        var outputs = new float[expected.Length];
        predictor.Predict(SmallModels.Samples(3), outputs);
        Assert.Equal(expected, outputs);
    }

    [Fact]
    public void The_first_version_is_among_them_with_every_layer_and_precision()
    {
        string[] names = ["all-relu", "binary", "default", "dense", "masked", "multi-label", "piecewise", "regression", "srelu"];
        Assert.Superset(names.Select(name => $"v1-{name}").ToHashSet(), Models.Select(row => row.Data).ToHashSet());
        Assert.Equal(["null", "eins", "zwei", "drei"], SparseMlp.Load(Path.Combine(Folder, "v1-default.sparse")).ClassNames);
    }
}
