using Microsoft.ML;
using Microsoft.ML.Data;
using SparseTraining.Data;

namespace SparseTraining.Tests.Data;

public class DataViewReaderTests
{
    private static readonly MLContext Context = new(1);

    [Fact]
    public void A_data_frame_trains_like_the_arrays_it_was_made_of()
    {
        (float[][] x, int[] labels) = Blobs.Rows(100);
        IDataView view = Context.Data.LoadFromEnumerable(x.Select((row, i) => new Row { Features = row, Label = labels[i] }));
        var fromView = new SparseMlp(20, [30], 4, SparseMlpFitTests.SmallOptions);
        var fromRows = new SparseMlp(20, [30], 4, SparseMlpFitTests.SmallOptions);
        fromView.Fit(view, options: new FitOptions { Epochs = 2 });
        fromRows.Fit(x, labels, new FitOptions { Epochs = 2 });
        Assert.Equal(fromRows.Layers[0].WeightValues.ToArray(), fromView.Layers[0].WeightValues.ToArray());
    }

    [Fact]
    public void Keys_booleans_numbers_vectors_and_weights_are_read()
    {
        var rows = new[]
        {
            new Mixed { Features = [1, 2], Name = "b", Yes = true, Number = 2.5f, Flags = [1, 0], Weight = 3 },
            new Mixed { Features = [3, 4], Name = "a", Yes = false, Number = -1, Flags = [0, 1], Weight = 1 },
        };
        IDataView view = Context.Data.LoadFromEnumerable(rows);
        IDataView keyed = Context.Transforms.Conversion.MapValueToKey("Name").Fit(view).Transform(view);
        Dataset byKey = DataViewReader.Read(keyed, labelColumn: "Name");
        Assert.Equal((0, 1), (byKey.Label(0), byKey.Label(1)));
        Dataset byBoolean = DataViewReader.Read(view, labelColumn: "Yes", weightColumn: "Weight");
        Assert.Equal((1, 0), (byBoolean.Label(0), byBoolean.Label(1)));
        Assert.Equal(3f, byBoolean.Weight(0));
        Dataset byNumber = DataViewReader.Read(view, labelColumn: "Number", numbersAreLabels: false);
        Assert.Equal(-1f, byNumber.TargetValues(1)[0]);
        Dataset byVector = DataViewReader.Read(view, labelColumn: "Flags");
        Assert.Equal([0f, 1f], byVector.TargetValues(1).ToArray());
        Dataset plain = DataViewReader.Read(view, labelColumn: null);
        Assert.Equal((TargetKind.None, 2), (plain.TargetKind, plain.Count));
        var features = new float[2];
        plain.CopyFeatures(1, features);
        Assert.Equal([3f, 4f], features);
    }

    [Fact]
    public void Unsuitable_columns_and_labels_are_named()
    {
        IDataView view = Context.Data.LoadFromEnumerable([new Mixed { Features = [1, 2], Number = 0.5f }]);
        var e = Assert.Throws<ArgumentException>(() => DataViewReader.Read(view, "Nowhere"));
        Assert.Contains("no column 'Nowhere'; the columns are 'Features'", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => DataViewReader.Read(view, "Number"));
        Assert.Contains("vector of Single of known size", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => DataViewReader.Read(view, labelColumn: "Name"));
        Assert.Contains("no number, Boolean or key", e.Message, StringComparison.Ordinal);
        var wrong = Assert.Throws<InvalidDataException>(() => DataViewReader.Read(view, labelColumn: "Number"));
        Assert.Contains("Row 0 of column 'Number'", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_another_length_than_their_column_are_refused()
    {
        IDataView view = Context.Data.LoadFromEnumerable([new Mixed { Features = [1, 2] }, new Mixed { Features = [3] }]);
        var error = Assert.Throws<InvalidDataException>(() => DataViewReader.Read(view, labelColumn: null));
        Assert.Equal("Row 1 has 1 features in column 'Features'; its type says 2.", error.Message);
        view = Context.Data.LoadFromEnumerable([new Mixed { Features = [1, 2], Flags = [1, 2, 3] }]);
        error = Assert.Throws<InvalidDataException>(() => DataViewReader.Read(view, labelColumn: "Flags"));
        Assert.Equal("Row 0 has 3 targets in column 'Flags'; its type says 2.", error.Message);
    }

    [Fact]
    public void Every_type_of_number_can_be_a_label()
    {
        IDataView view = Context.Data.LoadFromEnumerable([new Numbers { A = -7, B = -70, C = ulong.MaxValue }]);
        Assert.Equal(-7f, Number("A"));
        Assert.Equal(-70f, Number("B"));
        Assert.Equal(18446744073709551615f, Number("C"));

        float Number(string column) => DataViewReader.Read(view, labelColumn: column, numbersAreLabels: false).TargetValues(0)[0];
    }

    private sealed class Numbers
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [1];

        public sbyte A { get; set; }

        public short B { get; set; }

        public ulong C { get; set; }
    }

    private sealed class Row
    {
        [VectorType(20)]
        public float[] Features { get; set; } = [];

        public int Label { get; set; }
    }

    private sealed class Mixed
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public string Name { get; set; } = "";

        public bool Yes { get; set; }

        public float Number { get; set; }

        [VectorType(2)]
        public float[] Flags { get; set; } = new float[2];

        public float Weight { get; set; }
    }
}
