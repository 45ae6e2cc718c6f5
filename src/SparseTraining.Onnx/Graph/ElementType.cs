namespace SparseTraining.Onnx.Graph;

/// <summary>Types of elements, with the numbers of TensorProto.DataType.</summary>
internal enum ElementType
{
    Float = 1,
    Int64 = 7,
    String = 8,
}
