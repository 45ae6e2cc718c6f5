using Microsoft.ML.Data;

namespace SparseTraining.MLNet;

/// <summary>Predicts one row.</summary>
/// <param name="features">The row.</param>
/// <param name="outputs">Receives probabilities of the classes, or the value.</param>
internal delegate void RowPredictor(in VBuffer<float> features, Span<float> outputs);
