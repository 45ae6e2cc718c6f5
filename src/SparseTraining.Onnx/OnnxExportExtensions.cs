using System.Globalization;
using SparseTraining.Onnx.Graph;
using SparseTraining.Onnx.Proto;
using SparseTraining.Persistence;

namespace SparseTraining.Onnx;

/// <summary>Writes trained models as ONNX files (opset 13, IR version 7): docs/onnx.md.</summary>
/// <remarks>
/// <para>The input is float [batch, features], for any batch size and on the original scale: scaling is a part of the graph.</para>
/// <para>
/// The outputs have the names and shapes that scikit-learn's converter gives them. Multi-class and binary models:
/// <c>label</c> [batch], int64 or string, and <c>probabilities</c>, float [batch, classes]; a binary model has two columns.
/// Multi-label models: <c>label</c>, int64 0 or 1, and <c>probabilities</c>, both [batch, labels]. Regression:
/// <c>variable</c>, float [batch, targets].
/// </para>
/// </remarks>
public static class OnnxExportExtensions
{
    /// <summary>Writes the model to a file. The file is replaced as a whole: until the new one is on the disk, the old one stays.</summary>
    /// <param name="model">The model, fitted.</param>
    /// <param name="path">The file, in a folder that exists; beside it one whose name ends in <c>.tmp</c> exists for a while.</param>
    /// <param name="options">How to write it, or <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidOperationException">The model is not fitted, holds a value that is not finite, or takes more than the 2 GB that an ONNX file can have.</exception>
    /// <exception cref="NotSupportedException">An activation is none of this library's own.</exception>
    /// <exception cref="ArgumentException">The name of the input is one that the graph needs itself.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file may not be written.</exception>
    public static void ExportOnnx(this SparseMlp model, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.ToPredictor().ExportOnnx(path, options);
    }

    /// <summary>Writes the model to a stream, which stays open. Nothing is written if the model cannot be exported.</summary>
    /// <param name="model">The model, fitted.</param>
    /// <param name="stream">Receives the bytes; it need not be able to seek.</param>
    /// <param name="options">How to write it, or <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidOperationException">The model is not fitted, holds a value that is not finite, or takes more than the 2 GB that an ONNX file can have.</exception>
    /// <exception cref="NotSupportedException">An activation is none of this library's own.</exception>
    /// <exception cref="ArgumentException">The name of the input is one that the graph needs itself.</exception>
    public static void ExportOnnx(this SparseMlp model, Stream stream, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.ToPredictor().ExportOnnx(stream, options);
    }

    /// <inheritdoc cref="ExportOnnx(SparseMlp, string, OnnxExportOptions?)"/>
    /// <param name="predictor">The model.</param>
    /// <param name="path">The file, in a folder that exists; beside it one whose name ends in <c>.tmp</c> exists for a while.</param>
    /// <param name="options">How to write it, or <see langword="null"/> for the defaults.</param>
    public static void ExportOnnx(this SparseMlpPredictor predictor, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ProtoMessage message = Build(predictor, options ?? new());
        AtomicFile.Write(path, message.WriteTo);
    }

    /// <inheritdoc cref="ExportOnnx(SparseMlp, Stream, OnnxExportOptions?)"/>
    /// <param name="predictor">The model.</param>
    /// <param name="stream">Receives the bytes; it need not be able to seek.</param>
    /// <param name="options">How to write it, or <see langword="null"/> for the defaults.</param>
    public static void ExportOnnx(this SparseMlpPredictor predictor, Stream stream, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(stream);
        Build(predictor, options ?? new()).WriteTo(stream);
    }

    private static ProtoMessage Build(SparseMlpPredictor predictor, OnnxExportOptions options)
    {
        ProtoMessage message = ModelGraph.Build(predictor, options);
        if (message.Size > int.MaxValue)
        {
            string advice = options.Weights == OnnxWeightFormat.Dense
                ? $" Weights = {nameof(OnnxWeightFormat)}.{nameof(OnnxWeightFormat.Sparse)} makes it {ModelGraph.Build(predictor, options with { Weights = OnnxWeightFormat.Sparse }).Size.ToString("N0", CultureInfo.InvariantCulture)} bytes."
                : "";
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"The ONNX file would have {message.Size:N0} bytes; it can have at most {int.MaxValue:N0}.{advice}"));
        }

        return message;
    }
}
