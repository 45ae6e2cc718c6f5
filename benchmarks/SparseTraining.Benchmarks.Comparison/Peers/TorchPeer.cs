using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SparseTraining.Benchmarks.Comparison.Peers;

/// <summary>The dense network in TorchSharp, written as its documentation shows.</summary>
internal sealed class TorchPeer : IPeer
{
    private TorchPeer()
    {
    }

    /// <summary>Loads TorchSharp.</summary>
    /// <param name="threads">Threads of its operations.</param>
    /// <param name="reason">Why it does not load.</param>
    /// <returns>The peer, or <see langword="null"/> if it does not load.</returns>
    public static TorchPeer? Load(int threads, out string reason)
    {
        reason = "";
        try
        {
            set_num_threads(threads);
            return new TorchPeer();
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or NotSupportedException or EntryPointNotFoundException)
        {
            reason = Reason(e);
            return null;
        }
    }

    public IRuns? Prepare(Work work) => work.Kind switch
    {
        WorkKind.Training => Training(work),
        WorkKind.Inference => Inference(work),
        _ => null,
    };

    private static ActionRuns Training(Work work)
    {
        Sequential network = Network(work.Network);
        var optimizer = optim.SGD(network.parameters(), 1e-6, momentum: 0.9);
        Tensor features = Features(work, 40);
        Tensor labels = randint(Workloads.Shape(work.Network).Outputs, [40 * work.Batch], dtype: ScalarType.Int64);
        int next = 0;
        return new ActionRuns(Step, "", network, optimizer, features, labels);

        void Step()
        {
            using DisposeScope scope = NewDisposeScope();
            long first = next * (long)work.Batch;
            next = (next + 1) % 40;
            optimizer.zero_grad();
            Tensor logits = network.forward(features.narrow(0, first, work.Batch));
            nn.functional.cross_entropy(logits, labels.narrow(0, first, work.Batch)).backward();
            optimizer.step();
        }
    }

    private static ActionRuns Inference(Work work)
    {
        Sequential network = Network(work.Network);
        network.eval();
        Tensor features = Features(work, 1);
        return new ActionRuns(Predict, "", network, features);

        void Predict()
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            _ = nn.functional.softmax(network.forward(features), 1);
        }
    }

    private static Tensor Features(Work work, int batches)
    {
        int inputs = Workloads.Shape(work.Network).Inputs;
        return tensor(Workloads.Numbers(batches * work.Batch * inputs, 0f), [batches * work.Batch, inputs]);
    }

    private static Sequential Network(string name)
    {
        (int inputs, int[] hidden, int outputs) = Workloads.Shape(name);
        var modules = new List<nn.Module<Tensor, Tensor>>();
        int previous = inputs;
        foreach (int size in hidden)
        {
            modules.AddRange([nn.Linear(previous, size), nn.ReLU(inplace: true), nn.Dropout(0.3)]);
            previous = size;
        }

        modules.Add(nn.Linear(previous, outputs));
        return nn.Sequential(modules);
    }

    private static string Reason(Exception e)
    {
        // TorchSharp's own message lists folders; what the loader of the system says is behind it, if anywhere.
        Exception root = e.GetBaseException();
        string line = root.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("") ?? "";
        return $"{root.GetType().Name}: {line}";
    }
}
