using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using SparseTraining.Persistence;

namespace SparseTraining.Tests.Persistence;

/// <summary>The formats of other programs, part by part: what is written, what is read, and what is refused with which words.</summary>
public class ForeignFileTests
{
    private static readonly CsrLayer Layer = new(2, 3, [0, 1, 3], [2, 0, 1], [1f, 2f, 3f], [0.5f, 0.25f], []);

    public static TheoryData<string, string> Headers => new()
    {
        { """{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", "The array \"a\" is there twice." },
        { """{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,4]}}""", "The array \"a\" of type F32 and shape [1, 2] cannot lie at [0, 4)." },
        { """{"a":{"dtype":"F32","colour":1}}""", "The safetensors header is damaged: \"a\" has a property that is not known" },
        { """{"a":{"dtype":"F32","shape":[0],"data_offsets":[0]}}""", "\"a\" has no two data_offsets" },
        { """{"a":{"dtype":"F32","shape":[0,"b"],"data_offsets":[0,0]}}""", "a list holds something else than numbers" },
        { """{"a":{"dtype":1}}""", "Number where String belongs" },
        { """{"a":{"shape":1}}""", "Number where StartArray belongs" },
        { """{"__metadata__":{"a":1}}""", "Number where String belongs" },
        { "[]", "StartArray where StartObject belongs" },
        { "{} {}", "The safetensors header is damaged: " },
        { "{ ", "The safetensors header is damaged: " },
    };

    public static TheoryData<string, string, byte[], string> Arrays => new()
    {
        { "shape", "I64", new byte[24], "\"x.shape\" has 3 numbers; it must have outputs and inputs." },
        { "indices", "F32", new byte[12], "\"x.indices\" is of type F32; I16, U16, I32 and I64 can be read." },
        { "indptr", "U8", new byte[3], "\"x.indptr\" is of type U8; " },
        { "data", "I32", new byte[12], "\"x.data\" is of type I32; F16, BF16, F32 and F64 can be read." },
        { "bias", "F8", new byte[2], "\"x.bias\" is of type F8; " },
        { "indptr", "I32", PlainNumbers.Bytes([0, -1, 3]), "\"x.indptr\": number 1 is -1; it must lie in [0, 2147483647]." },
        { "indices", "I64", BitConverter.GetBytes(1L << 31), "\"x.indices\": number 0 is 2147483648; it must lie in [0, 2147483647]." },
    };

    public static TheoryData<byte[], string> Npys => new()
    {
        { [0x93, .. "NUMPX"u8, 1, 0, 0, 0], "It is no NPY array of version 1 to 3." },
        { Npy("", version: 0), "is no NPY array of version 1 to 3." },
        { Npy("", version: 4), "is no NPY array of version 1 to 3." },
        { [0x93, .. "NUMPY"u8, 2, 0, 1, 0, 1, 0], "It: its header states 65537 bytes; 65536 are the most." },
        { Npy("{'fortran_order': False, 'shape': (1,), }"), "It: its header has no \"descr\"." },
        { Npy("{'descr': '<f4', 'shape': (1,), }"), "It: its header has no \"fortran_order\"." },
        { Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,"), "It: its header has no \"shape\"." },
        { Npy("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }"), "It is stored by columns; only arrays stored by rows can be read." },
        { Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, x), }"), "It: its header has the shape (2, x)." },
        { Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, -1), }"), "It: its header has the shape (2, -1)." },
        { Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3000000000), }"), "It has the shape (2, 3000000000), more than an array can hold." },
        { Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }"), "It: the data ends 12 bytes early." },
    };

    /// <summary>What a record of an archive's directory begins with.</summary>
    private static ReadOnlySpan<byte> DirectoryRecord => "PK\x01\x02"u8;

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_safetensors_header_that_breaks_a_rule_is_refused(string header, string reason) =>
        AssertReason(reason, () => SafetensorsFile.Read(new MemoryStream([.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header)])));

    [Theory]
    [InlineData(1)]
    [InlineData((1 << 24) + 1)]
    public void A_safetensors_header_of_an_impossible_length_is_refused(long length) =>
        AssertReason($"its header states {length} bytes; 2 to 16777216 are possible", () => SafetensorsFile.Read(new MemoryStream(BitConverter.GetBytes(length))));

    [Fact]
    public void The_arrays_of_safetensors_begin_at_a_multiple_of_eight()
    {
        for (int letters = 1; letters <= 9; letters++)
        {
            var name = new string('a', letters);
            using var stream = new MemoryStream();
            SafetensorsFile.Write(stream, [new("key", "value")], [new(name, PlainArray.Of([1f, -2f])), new("b", PlainArray.Of([7, 8, 9]))]);
            byte[] bytes = stream.ToArray();
            long header = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            Assert.Equal(0, header % 8);
            Assert.Equal(8 + header + 20, bytes.Length);
            stream.Position = 0;
            (Dictionary<string, string> metadata, Dictionary<string, PlainArray> arrays) = SafetensorsFile.Read(stream);
            Assert.Equal("value", Assert.Single(metadata).Value);
            Assert.Equal([1f, -2f], PlainNumbers.ToSingles(arrays[name].Bytes, "F32", ""));
            Assert.Equal([7, 8, 9], PlainNumbers.ToIndices(arrays["b"].Bytes, "I32", ""));
        }
    }

    [Theory]
    [MemberData(nameof(Arrays), DisableDiscoveryEnumeration = true)]
    public void An_array_that_does_not_belong_is_refused(string name, string type, byte[] bytes, string reason)
    {
        var arrays = LayerArrays.Of(Layer, "x.").ToDictionary();
        arrays["x." + name] = new PlainArray(type, [bytes.Length], bytes);
        AssertReason(reason, () => LayerArrays.Read(arrays, "x."));
    }

    [Theory]
    [InlineData("shape")]
    [InlineData("indptr")]
    [InlineData("indices")]
    [InlineData("data")]
    [InlineData("bias")]
    public void A_missing_array_is_named(string name)
    {
        var arrays = LayerArrays.Of(Layer, "x.").ToDictionary();
        arrays.Remove("x." + name);
        AssertReason($"The array \"x.{name}\" is missing.", () => LayerArrays.Read(arrays, "x."));
    }

    [Fact]
    public void Numbers_of_every_type_are_read()
    {
        Assert.Equal([1f, -2f], PlainNumbers.ToSingles([0x00, 0x3c, 0x00, 0xc0], "F16", ""));
        Assert.Equal([1f, -2f], PlainNumbers.ToSingles([0x80, 0x3f, 0x00, 0xc0], "BF16", ""));
        Assert.Equal([0.1f], PlainNumbers.ToSingles(BitConverter.GetBytes(0.1), "F64", ""));
        Assert.Equal([513, 3], PlainNumbers.ToIndices([1, 2, 3, 0], "I16", ""));
        Assert.Equal([65535], PlainNumbers.ToIndices([0xff, 0xff], "U16", ""));
        Assert.Equal([int.MaxValue], PlainNumbers.ToIndices(BitConverter.GetBytes((long)int.MaxValue), "I64", ""));
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0], PlainNumbers.Shape(1, 258));
    }

    [Fact]
    public void A_shape_counts_its_numbers_or_says_that_they_are_too_many()
    {
        Assert.Equal(1, PlainArray.Count([]));
        Assert.Equal(6, PlainArray.Count([2, 3]));
        Assert.Equal(0, PlainArray.Count([0, long.MaxValue]));
        Assert.Equal(Array.MaxLength, PlainArray.Count([1, Array.MaxLength]));
        Assert.Equal(-1, PlainArray.Count([1, Array.MaxLength + 1L]));
        Assert.Equal(-1, PlainArray.Count([3, -1]));
    }

    [Fact]
    public void A_layer_that_is_none_says_what_it_has()
    {
        AssertReason("Layer 7 of 2 outputs has 3 row pointers, 3 columns, 2 values and 2 biases.", () => (Layer with { Values = [1f, 2f] }).ToLinear("Layer 7"));
        AssertReason("Layer 7 holds NaN or infinity.", () => (Layer with { Parameters = [float.NaN] }).ToLinear("Layer 7"));

        // 3 numbers of 4 bytes justify 64 inputs a byte above the 65,536 that cost nothing.
        var widest = new CsrLayer(1, 65_536 + (64 * 12), [0, 1], [66_303], [1f], [0f], []);
        Assert.Equal(66_304, widest.ToLinear("Layer 7").InputSize);
        AssertReason("Layer 7 states 66305 inputs, more than its 1 links can justify.", () => (widest with { Columns = 66_305 }).ToLinear("Layer 7"));
    }

    [Theory]
    [MemberData(nameof(Npys), DisableDiscoveryEnumeration = true)]
    public void An_npy_array_that_breaks_a_rule_is_refused(byte[] bytes, string reason) =>
        AssertReason(reason, () => NpyArray.Read(new MemoryStream(bytes), "It"));

    [Fact]
    public void Npy_arrays_are_aligned_and_come_back_and_others_are_passed_over()
    {
        foreach (long[] shape in new long[][] { [6], [2, 3], [1, 1, 6] })
        {
            using var stream = new MemoryStream();
            NpyArray.Write(stream, PlainArray.Of([1, 2, 3, 4, 5, 6]) with { Shape = shape });
            byte[] bytes = stream.ToArray();
            Assert.Equal(0, (bytes.Length - 24) % 64);
            Assert.Equal((byte)'\n', bytes[^25]);
            stream.Position = 0;
            PlainArray back = NpyArray.Read(stream, "It")!;
            Assert.Equal(("I32", 6), (back.Type, PlainNumbers.ToIndices(back.Bytes, back.Type, "")[5]));
            Assert.Equal(shape, back.Shape);
        }

        Assert.Equal([0, 0, 128, 63], NpyArray.Read(new MemoryStream([.. Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (), }"), 0, 0, 128, 63]), "It")!.Bytes);
        Assert.Equal([9, 0], NpyArray.Read(new MemoryStream([.. Npy("{'shape': (1,), 'fortran_order': False, 'descr': '<i2'}", version: 2), 9, 0]), "It")!.Bytes);
        Assert.Null(NpyArray.Read(new MemoryStream([.. Npy("{'descr': '|S3', 'fortran_order': False, 'shape': (), }"), .. "csr"u8]), "It"));
    }

    [Fact]
    public void An_archive_that_has_a_name_twice_or_states_the_impossible_is_refused()
    {
        byte[] array = Npy([1f]);
        AssertReason("\"data.npy\" is there twice.", () => NpzFile.Read(new MemoryStream(Zip(("data.npy", array), ("data.npy", array)))));
        byte[] lying = Zip(("read.me", [1]), ("data.npy", array));
        Assert.Equal("data", Assert.Single(NpzFile.Read(new MemoryStream(lying))).Key);
        Span<byte> record = lying.AsSpan(lying.AsSpan().LastIndexOf(DirectoryRecord));
        uint packed = BinaryPrimitives.ReadUInt32LittleEndian(record[20..]);
        BinaryPrimitives.WriteUInt32LittleEndian(record[24..], (1032 * packed) + 1033);
        AssertReason($"\"data.npy\" states {(1032 * packed) + 1033} bytes packed into {packed}, which cannot be.", () => NpzFile.Read(new MemoryStream(lying)));
    }

    [Fact]
    public void Only_arrays_of_models_are_read_from_an_archive()
    {
        byte[] array = Npy([1f]);
        Assert.Equal("bias", Assert.Single(NpzFile.Read(new MemoryStream(Zip(("a.npy", array), ("bias.npy", array), ("0/data.npy", array))))).Key);
    }

    [Fact]
    public void Entries_that_share_their_bytes_are_refused()
    {
        var values = new float[1000];
        new Random(1).NextBytes(MemoryMarshal.AsBytes(values.AsSpan()));
        byte[] archive = Zip(("data.npy", Npy(values)), ("bias.npy", Npy([1f])));
        Assert.Equal(2, NpzFile.Read(new MemoryStream(archive)).Count);

        // Checksum, sizes and place of the second entry become those of the first.
        ReadOnlySpan<byte> first = archive.AsSpan(archive.AsSpan().IndexOf(DirectoryRecord));
        Span<byte> second = archive.AsSpan(archive.AsSpan().LastIndexOf(DirectoryRecord));
        first[16..28].CopyTo(second[16..]);
        first[42..46].CopyTo(second[42..]);
        AssertReason("\"bias.npy\" and the entries before it state more packed bytes than the archive has.", () => NpzFile.Read(new MemoryStream(archive)));
    }

    [Fact]
    public void A_flipped_bit_of_an_entry_never_gives_another_array()
    {
        float[] values = [1f, 0.5f, -3f, 0f, 0f, 0.1f];
        byte[] good = Zip(("data.npy", Npy(values)));
        int start = 30 + "data.npy".Length; // behind the entry's header
        for (int bit = 8 * start; bit < 8 * good.AsSpan().IndexOf(DirectoryRecord); bit++)
        {
            byte[] damaged = [.. good];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Assert.Equal(values, PlainNumbers.ToSingles(NpzFile.Read(new MemoryStream(damaged))["data"].Bytes, "F32", ""));
            }
            catch (InvalidDataException e)
            {
                Assert.StartsWith("\"data.npy\" is damaged: ", e.Message, StringComparison.Ordinal);
            }
        }

        byte[] stored = [.. good];
        stored[good.AsSpan().IndexOf(DirectoryRecord) + 16] ^= 1;
        AssertReason("\"data.npy\" is damaged: its checksum does not fit.", () => NpzFile.Read(new MemoryStream(stored)));
    }

    [Fact]
    public void Bytes_are_read_as_they_come_and_a_stated_number_is_not_believed()
    {
        byte[] bytes = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];
        Assert.Equal(bytes, GrowingRead.Exactly(new ForwardOnlyStream(new MemoryStream(bytes), 1000), 300_000, "It"));
        AssertReason("It: the data ends 3 bytes early.", () => GrowingRead.Exactly(new MemoryStream(bytes), 300_003, "It"));
        AssertReason("It: 2147483592 bytes are more than an array can hold.", () => GrowingRead.Exactly(new MemoryStream(bytes), Array.MaxLength + 1L, "It"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => GrowingRead.Exactly(new MemoryStream(bytes, 0, 1000), Array.MaxLength, "It"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    private static void AssertReason(string reason, Action read) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(read).Message, StringComparison.Ordinal);

    private static byte[] Npy(string header, byte version = 1) =>
        [0x93, .. "NUMPY"u8, version, 0, (byte)header.Length, 0, .. new byte[version == 1 ? 0 : 2], .. Encoding.ASCII.GetBytes(header)];

    private static byte[] Npy(float[] values)
    {
        using var stream = new MemoryStream();
        NpyArray.Write(stream, PlainArray.Of(values));
        return stream.ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
