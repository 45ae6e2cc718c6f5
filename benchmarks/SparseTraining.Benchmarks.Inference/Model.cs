using SparseTraining.Data;

namespace SparseTraining.Benchmarks.Inference;

/// <summary>A model that may predict, with samples to predict.</summary>
internal sealed class Model
{
    private readonly SparseMlp _mlp;
    private readonly float[] _features;
    private readonly float[] _outputs;
    private readonly Dataset _data;

    public Model(string network, LayerKind layers, int samples)
    {
        (int inputs, _, int outputs) = Workloads.Shape(network);
        _mlp = Workloads.Network(network, layers);
        _mlp.Fit(Workloads.Data(network, 1), new FitOptions { Epochs = 1 });
        _features = Workloads.Numbers(samples * inputs, 0f);
        _outputs = new float[samples * outputs];
        _data = new Dataset(FeatureMatrix.FromMatrix(_features, inputs));
    }

    /// <summary>Predicts into memory that is there already, on the calling thread.</summary>
    public float Predict()
    {
        _mlp.Predict(_features, _outputs);
        return _outputs[0];
    }

    /// <summary>Predicts into new arrays, with several threads.</summary>
    public float[][] PredictAll(int threads) => _mlp.Predict(_data, threads);
}
