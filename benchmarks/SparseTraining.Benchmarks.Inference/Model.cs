namespace SparseTraining.Benchmarks.Inference;

/// <summary>A model that may predict, with samples to predict.</summary>
internal sealed class Model : IDisposable
{
    private readonly SparseMlpPredictor _predictor;
    private readonly ParallelPredictor _parallel;
    private readonly float[] _features;
    private readonly float[] _outputs;

    private Model(string network, LayerKind layers, int samples, int threads)
    {
        (int inputs, _, int outputs) = Workloads.Shape(network);
        SparseMlp mlp = Workloads.Network(network, layers);
        mlp.Fit(Workloads.Data(network, 1), new FitOptions { Epochs = 1 });
        _predictor = mlp.ToPredictor();
        _parallel = _predictor.InParallel(threads);
        _features = Workloads.Numbers(samples * inputs, 0f);
        _outputs = new float[samples * outputs];
    }

    public static Model Of(string network, LayerKind layers, int samples, int threads = 1) => new(network, layers, samples, threads);

    /// <summary>Predicts into memory that is there already, on the calling thread.</summary>
    public float Predict()
    {
        _predictor.Predict(_features, _outputs);
        return _outputs[0];
    }

    /// <summary>Predicts into memory that is there already, with several threads.</summary>
    public float PredictInParallel()
    {
        _parallel.Predict(_features, _outputs);
        return _outputs[0];
    }

    public void Dispose() => _parallel.Dispose();
}
