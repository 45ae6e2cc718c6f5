using SparseTraining.Layers;
using SparseTraining.Losses;
using SparseTraining.Optimizers;

namespace SparseTraining.Training;

/// <summary>The layers of a network in order, with the loss that they are trained on.</summary>
internal sealed class Network(NetworkLayer[] layers, Loss? loss)
{
    public NetworkLayer[] Layers { get; } = layers;

    /// <summary>What the network is trained on; a network that only predicts has none.</summary>
    public Loss Loss => loss ?? throw new InvalidOperationException("This network only predicts.");

    /// <summary>Steps that this network has been trained for, over all runs.</summary>
    public long StepsTaken { get; set; }

    /// <summary>Steps since the optimizer last started without memory; what bias corrections count.</summary>
    public long OptimizerSteps { get; set; }

    /// <summary>Epochs begun over all runs; selects the random order of an epoch.</summary>
    public int EpochsBegun { get; set; }

    /// <summary>Rewires over all runs; selects the random streams of a rewire.</summary>
    public int Rewires { get; set; }

    public int InputSize => Layers[0].Linear.InputSize;

    public int OutputSize => Layers[^1].Linear.OutputSize;

    /// <summary>The most neurons that any layer has, the input not counted.</summary>
    public int WidestLayer => Layers.Max(layer => layer.Linear.OutputSize);

    public IEnumerable<ParameterArray> Parameters =>
        Layers.SelectMany(layer => new[] { layer.Linear.Weights, layer.Linear.Biases, layer.ActivationParameters });

    /// <summary>Bytes that training allocates beside the layers, before it does.</summary>
    public long WorkspaceBytes(int batchSize, int threads, bool keepsOutputs, GradientClipping? clipping) =>
        Workspace.TrainingBytes(this, batchSize, keepsOutputs)
        + new BackwardMemory(this, Workspace.LayoutOf(this, batchSize), threads, clipping is { IsGlobalNorm: true }).Bytes;

    public void EnsureOptimizerState(Optimizer optimizer)
    {
        foreach (ParameterArray array in Parameters)
        {
            array.EnsureState(optimizer);
        }
    }

    /// <summary>Brings links and values back to a copy. The optimizer starts anew: what it remembered led away from them.</summary>
    public void GoBackTo(NetworkSnapshot copy, Optimizer optimizer)
    {
        copy.Restore(this);
        foreach (ParameterArray array in Parameters)
        {
            array.ClearState();
        }

        OptimizerSteps = 0;
        EnsureOptimizerState(optimizer);
    }

    /// <summary>
    /// Tears every layer down and builds it anew with the same links and weights, as frameworks do that cannot change a
    /// mask in place; what the optimizer remembered is lost.
    /// </summary>
    public void Rebuild(Optimizer optimizer)
    {
        foreach (NetworkLayer layer in Layers)
        {
            LinearLayer old = layer.Linear;
            LinearLayer rebuilt = old switch
            {
                MaskedLinearLayer masked => new MaskedLinearLayer(masked.Mask),
                SparseLinearLayer sparse => new SparseLinearLayer(sparse.Mask),
                _ => new DenseLinearLayer(old.InputSize, old.OutputSize),
            };
            old.WeightValues.CopyTo(rebuilt.WeightValues);
            old.BiasValues.CopyTo(rebuilt.BiasValues);
            layer.Linear = rebuilt;
            layer.ActivationParameters.ClearState();
        }

        OptimizerSteps = 0;
        EnsureOptimizerState(optimizer);
    }
}
