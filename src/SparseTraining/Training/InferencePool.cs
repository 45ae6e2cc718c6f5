using SparseTraining.Data;

namespace SparseTraining.Training;

/// <summary>Lends out the memory that a prediction needs, so that many threads can predict at once and none allocates.</summary>
internal sealed class InferencePool(Network network, FeatureScaler? scaler)
{
    private readonly Stack<InferencePass> _idle = new();
    private readonly Lock _lock = new();

    public FeatureScaler? Scaler { get; } = scaler;

    public InferencePass Rent()
    {
        lock (_lock)
        {
            if (_idle.TryPop(out InferencePass? pass))
            {
                return pass;
            }
        }

        return new InferencePass(network, Scaler);
    }

    public void Return(InferencePass pass)
    {
        lock (_lock)
        {
            _idle.Push(pass);
        }
    }
}
