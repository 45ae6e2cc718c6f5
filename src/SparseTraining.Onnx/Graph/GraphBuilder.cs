using SparseTraining.Onnx.Proto;

namespace SparseTraining.Onnx.Graph;

/// <summary>A graph in the making: nodes in the order they are computed, constants, inputs and outputs (GraphProto).</summary>
internal sealed class GraphBuilder
{
    private readonly HashSet<string> _names = [];
    private readonly List<(int Field, ProtoMessage Message)> _parts = [];

    /// <summary>Declares the input.</summary>
    public void Input(string name, int columns)
    {
        Define(name);
        _parts.Add((11, Tensors.Declaration(name, ElementType.Float, columns)));
    }

    /// <summary>Declares an output that a node computes.</summary>
    public void Output(string name, ElementType type, int? columns) => _parts.Add((12, Tensors.Declaration(name, type, columns)));

    /// <summary>Adds a constant and returns its name.</summary>
    public string Constant(string name, ProtoMessage tensor) => Add(5, name, tensor);

    /// <summary>Adds a constant of float [values].</summary>
    public string Constant(string name, params float[] values) => Constant(name, Tensors.Floats(name, values, values.Length));

    /// <summary>Adds a constant in sparse form and returns its name.</summary>
    public string SparseConstant(string name, ProtoMessage tensor) => Add(15, name, tensor);

    /// <summary>Adds a node with one output, whose name it returns; attributes are <see langword="long"/> or <see langword="float"/>.</summary>
    public string Node(string operation, string output, ReadOnlySpan<string> inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var node = new ProtoMessage();
        foreach (string input in inputs)
        {
            node.Add(1, input);
        }

        // A node is called after what it computes.
        node.Add(2, output).Add(3, output).Add(4, operation);
        foreach ((string name, object value) in attributes)
        {
            ProtoMessage attribute = new ProtoMessage().Add(1, name);
            node.Add(5, value is float real ? attribute.Add(2, real).Add(20, 1L) : attribute.Add(3, (long)value).Add(20, 2L));
        }

        return Add(1, output, node);
    }

    public ProtoMessage Build(string name)
    {
        ProtoMessage graph = new ProtoMessage().Add(2, name);
        foreach ((int field, ProtoMessage message) in _parts)
        {
            graph.Add(field, message);
        }

        return graph;
    }

    private string Add(int field, string name, ProtoMessage message)
    {
        Define(name);
        _parts.Add((field, message));
        return name;
    }

    private void Define(string name)
    {
        // The graph's own names differ, so a name that is there already is the input's.
        if (!_names.Add(name))
        {
            throw new ArgumentException($"The input cannot be called \"{name}\": the graph needs that name itself.", nameof(OnnxExportOptions.InputName));
        }
    }
}
