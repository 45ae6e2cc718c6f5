using SparseTraining.Persistence;
using SparseTraining.Training;

namespace SparseTraining.Tests.Persistence;

/// <summary>Files with right checksums that break a rule of the format: the message says which, and where.</summary>
public class BrokenRuleTests
{
    public static TheoryData<string, Action<Sections>, string> Models => new()
    {
        { "linear", s => s["HEAD"] = Head("model", 0), "model has format version 0, written by Somebody 9; this library reads versions 1 to 1" },
        { "linear", s => s["HEAD"] = Head("model", 2), "model has format version 2, written by Somebody 9" },
        { "linear", s => s["HEAD"] = Head("image", 1), "This is a image of SparseTraining, not a model." },
        { "linear", s => s["HEAD"] = [1, 0xff], "HEAD: the kind of file is not UTF-8" },
        { "linear", s => s["HEAD"] = [9, 0x41], "the length of the kind of file is 9; it must lie in [0, 2]" },
        { "linear", s => s["HEAD"] = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80], "HEAD: the length of the kind of file has more than 9 bytes" },
        { "linear", s => s["HEAD"] = [], "HEAD: its content of 0 bytes is too short" },
        { "linear", s => s["HEAD"] = [.. s["HEAD"], 7], "HEAD: its content is 1 bytes too long" },
        { "linear", s => s.Rename("NETW", "WORK"), "there is section 574F524B where NETW (4E455457) belongs" },
        { "linear", s => s.RemoveFirst("END "), "is cut off: it ends within or before section END " },
        { "linear", s => s["END "] = [1], "END : its content is 1 bytes too long" },
        { "linear", s => s["NETW"][2] = 0, "1 layers and 0 inputs are no network" },
        { "linear", s => s["NETW"][0] = 4, "task 4, 1 layers" },
        { "linear", s => s["NETW"][^1] = 2, "NETW: a flag is 2, not 0 or 1" },
        { "linear", s => s["NETW"][0] = 1, "BinaryClassification cannot have 3 outputs" },
        { "binary", s => s["NETW"][0] = 0, "MulticlassClassification cannot have 1 outputs" },
        { "named", OneNameLess, "there are 3 class names for 4 classes" },
        { "linear", s => s["NETW"] = Content(w => Numbers(w, 0, (1 << 16) + 1)), "the number of layers is 65537; it must lie in [0, 65536]" },
        { "linear", s => s["NETW"] = Content(w => Numbers(w, 0, 1, Array.MaxLength)), "the number of inputs is 2147483591; it must lie in [0, 2147483590]" },
        { "linear", s => s["NETW"] = Content(w => Numbers(w, 0, 1, 12, 7, 1L << 31)), "the number of epochs is 2147483648; it must lie in [0, 2147483647]" },
        { "linear", s => s["NETW"] = Content(w => Numbers(w, 0, 1, 12, 7, 7, 1L << 31)), "the number of rewires is 2147483648" },
        { "linear", s => s["NETW"] = Content(w => Numbers(w, 0, 1, 12, 7, 7, 7, 1L << 31)), "the number of class names is 2147483648" },
        { "linear", s => s["OPTS"] = Content(w => w.Varint(1001)), "a number of entries is 1001" },
        { "linear", s => s["OPTS"] = Content(w => Numbers(w, 1, 2)), "the length of a key is 2" },
        { "linear", s => s["OPTS"] = Content(w => Numbers(w, 1, 1, 65, 2)), "the length of a value is 2" },
        { "linear", s => s["LAYR"] = Layer(kind: 3), "layer 1 is of kind 3; 0 to 2 are known" },
        { "linear", s => s["LAYR"] = Layer(inputs: 11), "layer 1 has 11 inputs and 3 outputs; 12 and at least 1 are needed" },
        { "linear", s => s["LAYR"] = Layer(outputs: 0), "layer 1 has 12 inputs and 0 outputs" },
        { "linear", s => s["LAYR"] = Layer(outputs: Array.MaxLength), "a number of outputs is 2147483591; it must lie in [0, 2147483590]" },
        { "linear", s => s["LAYR"] = Layer(links: 37), "a number of links is 37; it must lie in [0, 36]" },
        { "linear", s => s["LAYR"] = Layer(kind: 0, links: 35), "a dense layer of 12 × 3 has 35 weights" },
        { "linear", s => s["LAYR"] = Layer(kind: 2, outputs: 1 << 30), "a masked layer of 12 × 1073741824 has more positions than an array can hold" },
        { "linear", s => s["LAYR"] = Layer(activation: "Softmax("), "the activation \"Softmax(\" is not known: a name is missing at character 8" },
        { "linear", s => s["LAYR"] = Layer(activation: "Soft(1)"), "the activation \"Soft(1)\" is not known: Soft with 1 arguments is no activation of this version" },
        { "linear", s => s["LAYR"] = Layer(activation: "Elu(-1)"), "the activation \"Elu(-1)\" is not known: " },
        { "linear", s => s["LAYR"] = Layer(activation: "?Mine"), "Layer 1 has the activation Mine, which is its author's own" },
        { "linear", s => s["LAYR"] = Layer(parameters: 1), "layer 1 states 1 parameters for Softmax, dropout 0, precision Float32, evolving False" },
        { "linear", s => s["LAYR"] = Layer(parameters: 65), "a number of activation parameters is 65; it must lie in [0, 64]" },
        { "linear", s => s["LAYR"] = Layer(dropout: 1), "dropout 1," },
        { "linear", s => s["LAYR"] = Layer(dropout: -0.5f), "dropout -0.5," },
        { "linear", s => s["LAYR"] = Layer(dropout: float.NaN), "dropout NaN," },
        { "linear", s => s["LAYR"] = Layer(precision: 3), "precision 3," },
        { "linear", s => s["LAYR"] = Layer(kind: 0, links: 36, evolves: true), "evolving True" },
        { "linear", s => s["COLC"] = s["COLC"][1..], "COLC: 11 bytes cannot hold 12 elements" },
        { "linear", s => s["COLC"][0] = 4, "COLC: a number of links is 4; it must lie in [0, 3]" },
        { "linear", s => s["COLC"][Linked(s)]--, "rows have 15 links and columns 14; 15 are stated" },
        { "linear", s => s["ROWC"][0]--, "rows have 14 links and columns 15; 15 are stated" },
        { "linear", s => s["ROWC"][0] = 13, "ROWC: a number of links is 13; it must lie in [0, 12]" },
        { "linear", MoveALink, "does not have as many links as stated" },
        { "linear", s => s["LINK"][0] = 100, "LINK: a gap between links is 100; it must lie in [0, " },
        { "linear", s => s["WGHT"] = s["WGHT"][1..], "WGHT: its content of 59 bytes is too short" },
        { "linear", s => BitConverter.GetBytes(float.PositiveInfinity).CopyTo(s["WGHT"], 20), "WGHT: value 5 is Infinity; it must be finite" },
        { "linear", s => BitConverter.GetBytes(float.NaN).CopyTo(s["BIAS"], 8), "BIAS: value 2 is NaN; it must be finite" },
        { "masked", FillOneGap, "WGHT: a position that is no link has a weight" },
        { "srelu", s => BitConverter.GetBytes(float.NaN).CopyTo(s["SCAL"], 4), "section SCAL: " },
    };

    public static TheoryData<Action<Sections>, string> Checkpoints => new()
    {
        { s => s["HEAD"] = Head("model", 1), "This is a model of SparseTraining, not a checkpoint." },
        { s => s["STAT"][^1] = 1, "there is a network from before an epoch, but no epoch" },
        { s => (s["SNAP"][1], s["SNAP"][3]) = (0, 0), "a mask of 0 × 12 is neither there nor missing" },
        { s => (s["SNAP"][2], s["SNAP"][3]) = (0, 0), "a mask of 9 × 0 is neither there nor missing" },
        { s => s["SNAP"][3] = 109, "a number of links is" },
        { s => s["SNAP"] = [9, 1], "a number of masks is 9; it must lie in [0, 0]" },
        { s => s["SNAP"] = [0, 9, 1], "a number of arrays is 9; it must lie in [0, 0]" },
        { s => s["LOSS"] = s["LOSS"][1..], "LOSS: its content of 15 bytes is too short" },
        { s => s.RemoveFirst("RECD"), "where RECD (52454344) belongs" },
    };

    [Theory]
    [MemberData(nameof(Models), DisableDiscoveryEnumeration = true)]
    public async Task A_model_file_that_breaks_a_rule_is_refused(string name, Action<Sections> damage, string reason)
    {
        var sections = new Sections(SmallModels.Bytes(Model(name)));
        damage(sections);
        byte[] file = sections.ToFile();
        AssertReason(reason, () => SparseMlpPredictor.Load(new MemoryStream(file)));
        Assert.Throws<InvalidDataException>(() => SparseMlp.Load(new MemoryStream(file)));
        await Assert.ThrowsAsync<InvalidDataException>(
            () => SparseMlp.LoadAsync(new MemoryStream(file), cancellationToken: TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Checkpoints), DisableDiscoveryEnumeration = true)]
    public void A_checkpoint_that_breaks_a_rule_is_refused(Action<Sections> damage, string reason)
    {
        string folder = Directory.CreateTempSubdirectory("sparse-").FullName;
        new SparseMlp(SmallModels.Inputs, [9], 3, new SparseMlpOptions { Epsilon = 2 }).Fit(
            SmallModels.Data(MlpTask.MulticlassClassification, 3), new FitOptions { Epochs = 2, Callbacks = [new CheckpointCallback(folder)] });
        var sections = new Sections(File.ReadAllBytes(Checkpoint.LoadNewest(folder)!.Path));
        Assert.Equal(2, Checkpoint.Read(new MemoryStream(sections.ToFile())).Trainer.Epoch);
        damage(sections);
        byte[] file = sections.ToFile();
        AssertReason(reason, () => Checkpoint.Read(new MemoryStream(file)));
    }

    [Fact]
    public void A_wrong_checksum_and_a_length_that_no_section_has_are_named()
    {
        byte[] file = SmallModels.Bytes(SmallModels.All["linear"]());
        int head = SectionFormat.Signature.Length;
        byte[] longer = [.. file];
        BitConverter.GetBytes(SectionFormat.LongestContent + 1).CopyTo(longer, head + 4);
        AssertReason("HEAD: it states 8388609 bytes; 8388608 are the most", () => SparseMlpPredictor.Load(new MemoryStream(longer)));
        file[head + 10] ^= 1;
        AssertReason("HEAD: its checksum is ", () => SparseMlpPredictor.Load(new MemoryStream(file)));
    }

    [Fact]
    public void A_section_longer_than_any_reader_takes_is_not_written()
    {
        var writer = new SectionWriter();
        writer.Begin("LONG");
        writer.Room(SectionFormat.LongestContent);
        Assert.Equal(SectionFormat.LongestContent + 12, writer.End().Length);
        writer.Begin("LONG");
        writer.Room(SectionFormat.LongestContent + 1);
        Assert.Contains("8388609", Assert.Throws<InvalidOperationException>(() => writer.End()).Message, StringComparison.Ordinal);
    }

    private static void AssertReason(string reason, Action read) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(read).Message, StringComparison.Ordinal);

    private static byte[] Content(Action<SectionWriter> write) => Sections.Content(write);

    private static void Numbers(SectionWriter writer, params ReadOnlySpan<long> numbers)
    {
        foreach (long number in numbers)
        {
            writer.Varint(number);
        }
    }

    private static byte[] Head(string kind, int version) => Content(w =>
    {
        w.Text(kind);
        w.Varint(version);
        w.Text("Somebody 9");
    });

    /// <summary>The layer of the model "linear", with something changed.</summary>
    private static byte[] Layer(
        byte kind = 1, int inputs = 12, int outputs = 3, int links = 15, string activation = "Softmax", int parameters = 0, float dropout = 0, bool evolves = false, byte precision = 0) =>
        Content(w =>
        {
            w.Byte(kind);
            w.Varint(inputs);
            w.Varint(outputs);
            w.Varint(links);
            w.Text(activation);
            w.Varint(parameters);
            w.Single(dropout);
            w.Flag(evolves);
            w.Flag(false);
            w.Byte(precision);
        });

    private static SparseMlp Model(string name)
    {
        SparseMlp model = name switch
        {
            "linear" => new(SmallModels.Inputs, [], 3, new SparseMlpOptions { Epsilon = 1, OutputLayer = OutputLayerKind.Sparse }),
            "named" => new(SmallModels.Inputs, [9], 4) { ClassNames = ["a", "b", "c", "d"] },
            _ => SmallModels.All[name](),
        };
        if (!model.IsFitted)
        {
            model.Fit(SmallModels.Data(MlpTask.MulticlassClassification, model.OutputSize), new FitOptions { Epochs = 1 });
        }

        return model;
    }

    /// <summary>An input that has links.</summary>
    private static int Linked(Sections sections) => Array.FindIndex(sections["COLC"], count => count > 0);

    private static void MoveALink(Sections sections)
    {
        byte[] counts = sections["COLC"];
        int from = Linked(sections);
        counts[from]--;
        counts[Array.FindIndex(counts, from + 1, count => count < 3)]++;
    }

    private static void OneNameLess(Sections sections)
    {
        sections["NETW"][^2] = 3;
        sections.RemoveFirst("CLAS");
    }

    private static void FillOneGap(Sections sections)
    {
        byte[] weights = sections["WGHT"];
        int gap = Enumerable.Range(0, weights.Length / 4).First(i => BitConverter.ToSingle(weights, 4 * i) == 0);
        BitConverter.GetBytes(1f).CopyTo(weights, 4 * gap);
    }
}
