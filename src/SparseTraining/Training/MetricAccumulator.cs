namespace SparseTraining.Training;

/// <summary>Collects metrics over the samples of a data set, in their order.</summary>
internal sealed class MetricAccumulator
{
    private readonly MlpTask _task;
    private readonly int _outputs;
    private readonly long[][] _confusion;
    private readonly long[] _ranks;
    private readonly long[] _truePositives;
    private readonly long[] _predicted;
    private readonly long[] _actual;
    private readonly double[] _targetMean;
    private readonly double[] _targetSquares;
    private readonly double[] _errorSquares;
    private double _absoluteError;
    private double _logLoss;
    private double _loss;
    private long _rightLabels;

    public MetricAccumulator(MlpTask task, int outputs)
    {
        _task = task;
        _outputs = outputs;
        int classes = task == MlpTask.BinaryClassification ? 2 : outputs;
        bool confusion = task is MlpTask.MulticlassClassification or MlpTask.BinaryClassification;
        _confusion = confusion ? [.. Enumerable.Range(0, classes).Select(_ => new long[classes])] : [];
        _ranks = task == MlpTask.MulticlassClassification ? new long[outputs] : [];
        _truePositives = new long[classes];
        _predicted = new long[classes];
        _actual = new long[classes];
        _targetMean = new double[outputs];
        _targetSquares = new double[outputs];
        _errorSquares = new double[outputs];
    }

    /// <summary>Samples so far.</summary>
    public long Count { get; private set; }

    /// <summary>Samples predicted rightly so far.</summary>
    public long Right { get; private set; }

    /// <summary>Adds one sample: column <paramref name="sample"/> of feature-major blocks of outputs and targets.</summary>
    public void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int width, int sample, double loss)
    {
        Count++;
        _loss += loss;
        switch (_task)
        {
            case MlpTask.MulticlassClassification:
                AddMulticlass(outputs, targets, width, sample);
                break;
            case MlpTask.Regression:
                AddRegression(outputs, targets, width, sample);
                break;
            default:
                AddLabels(outputs, targets, width, sample);
                break;
        }
    }

    public EvaluationResult Result()
    {
        bool regression = _task == MlpTask.Regression;
        long elements = Count * _outputs;
        return new EvaluationResult(_ranks)
        {
            SampleCount = Count,
            Loss = _loss / Count,
            Accuracy = regression ? double.NaN : (double)Right / Count,
            LabelAccuracy = _task switch
            {
                MlpTask.Regression => double.NaN,
                MlpTask.MultiLabelClassification => (double)_rightLabels / elements,
                _ => (double)Right / Count,
            },
            LogLoss = regression ? double.NaN : _logLoss / (_task == MlpTask.MultiLabelClassification ? elements : Count),
            ConfusionMatrix = _confusion,
            Classes = regression ? [] : [.. _actual.Select((actual, c) => ClassMetrics.From(_truePositives[c], _predicted[c], actual))],
            MeanSquaredError = regression ? _errorSquares.Sum() / elements : double.NaN,
            MeanAbsoluteError = regression ? _absoluteError / elements : double.NaN,
            RSquared = regression ? Enumerable.Range(0, _outputs).Average(RSquared) : double.NaN,
        };
    }

    /// <summary>The probability's logarithm, with the smallest normal float standing for 0.</summary>
    private static double Log(float probability) => Math.Log(Math.Max(probability, 1.17549435e-38f));

    private void AddMulticlass(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int width, int sample)
    {
        int predicted = 0;
        int actual = 0;
        for (int o = 1; o < _outputs; o++)
        {
            predicted = outputs[o * width + sample] > outputs[predicted * width + sample] ? o : predicted;
            actual = targets[o * width + sample] > targets[actual * width + sample] ? o : actual;
        }

        float probability = outputs[actual * width + sample];
        int rank = 0;
        for (int o = 0; o < _outputs; o++)
        {
            float other = outputs[o * width + sample];
            rank += other > probability || (other == probability && o < actual) ? 1 : 0;
        }

        _ranks[rank]++;
        _logLoss -= Log(probability);
        AddDecision(actual, predicted);
    }

    private void AddLabels(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int width, int sample)
    {
        bool allRight = true;
        for (int o = 0; o < _outputs; o++)
        {
            float probability = outputs[o * width + sample];
            bool actual = targets[o * width + sample] > 0.5f;
            bool predicted = probability > 0.5f;
            _logLoss -= Log(actual ? probability : 1 - probability);
            if (_task == MlpTask.BinaryClassification)
            {
                AddDecision(actual ? 1 : 0, predicted ? 1 : 0);
                return;
            }

            allRight &= actual == predicted;
            _rightLabels += actual == predicted ? 1 : 0;
            _actual[o] += actual ? 1 : 0;
            _predicted[o] += predicted ? 1 : 0;
            _truePositives[o] += actual && predicted ? 1 : 0;
        }

        Right += allRight ? 1 : 0;
    }

    private void AddDecision(int actual, int predicted)
    {
        _confusion[actual][predicted]++;
        _actual[actual]++;
        _predicted[predicted]++;
        _truePositives[actual] += actual == predicted ? 1 : 0;
        Right += actual == predicted ? 1 : 0;
    }

    private void AddRegression(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int width, int sample)
    {
        for (int o = 0; o < _outputs; o++)
        {
            double target = targets[o * width + sample];
            double error = outputs[o * width + sample] - target;
            _errorSquares[o] += error * error;
            _absoluteError += Math.Abs(error);

            // Welford's update, because Σy² − (Σy)²/n loses everything for targets far from 0.
            double delta = target - _targetMean[o];
            _targetMean[o] += delta / Count;
            _targetSquares[o] += delta * (target - _targetMean[o]);
        }
    }

    private double RSquared(int output) => _targetSquares[output] > 0
        ? 1 - _errorSquares[output] / _targetSquares[output]
        : _errorSquares[output] == 0 ? 1 : 0;
}
