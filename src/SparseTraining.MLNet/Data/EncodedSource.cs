using Microsoft.ML.Data;
using SparseTraining.Data;
using SparseTraining.Randomness;

namespace SparseTraining.MLNet.Data;

/// <summary>Some of the training rows as a network takes them: each is encoded when a batch asks for it.</summary>
internal sealed class EncodedSource : BatchSource
{
    private readonly TrainingRows _rows;
    private readonly FeatureEncoder _encoder;
    private readonly LabelScale? _scale;
    private readonly int[] _selection;
    private readonly int _inputs;

    /// <param name="rows">The data.</param>
    /// <param name="encoder">What is done to features.</param>
    /// <param name="scale">What is done to target values, or null where labels are classes.</param>
    /// <param name="selection">The rows that are used.</param>
    /// <param name="inputs">The inputs that are used: all of the encoder's, or the plain ones.</param>
    public EncodedSource(TrainingRows rows, FeatureEncoder encoder, LabelScale? scale, int[] selection, int inputs)
    {
        _rows = rows;
        _encoder = encoder;
        _scale = scale;
        _selection = selection;
        _inputs = inputs;
    }

    public override int FeatureCount => _inputs;

    public override TargetKind TargetKind => _scale is null ? TargetKind.ClassLabels : TargetKind.Values;

    public override int TargetCount => 1;

    public override long? SampleCount => _selection.Length;

    public override BatchReader OpenPass(RandomGenerator? random)
    {
        var order = (int[])_selection.Clone();
        random?.Shuffle<int>(order);
        return new Pass(this, order);
    }

    private sealed class Pass(EncodedSource source, int[] order) : BatchReader
    {
        private readonly float[] _raw = new float[source._rows.FeatureCount];
        private int _next;

        public override int Read(MiniBatch batch)
        {
            int count = Math.Min(batch.Capacity, order.Length - _next);
            for (int i = 0; i < count; i++, _next++)
            {
                int row = order[_next];
                VBuffer<float> features = source._rows.Features(row);
                features.CopyTo(_raw);
                source._encoder.Encode(_raw, batch.WriteFeatures(i));
                batch.SampleIndices[i] = row;
                batch.Weights[i] = source._rows.Weights.Count == 0 ? 1f : source._rows.Weights[row];
                float label = source._rows.Labels[row];

                // A batch that is only to be predicted has room for neither.
                if (batch.TargetKind == TargetKind.Values)
                {
                    batch.Targets(i)[0] = source._scale!.ToNetwork(label);
                }
                else if (batch.TargetKind == TargetKind.ClassLabels)
                {
                    batch.Labels[i] = (int)label;
                }
            }

            return count;
        }
    }
}
