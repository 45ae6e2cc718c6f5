using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SparseTraining.Benchmarks.Comparison.Peers;

/// <summary>The dense network in TorchSharp, written as its documentation shows.</summary>
internal sealed partial class TorchPeer : IPeer
{
    private TorchPeer()
    {
    }

    /// <summary>Loads TorchSharp.</summary>
    /// <param name="reason">Why it does not load.</param>
    /// <returns>The peer, or <see langword="null"/> if it does not load.</returns>
    public static TorchPeer? Load(out string reason)
    {
        reason = "";
        try
        {
            // The first call is what loads the native library.
            set_num_threads(1);
            return new TorchPeer();
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or NotSupportedException or EntryPointNotFoundException)
        {
            reason = Reason(e);
            return null;
        }
    }

    public IRuns? Prepare(Work work)
    {
        set_num_threads(work.Threads);
        return work.Kind switch
        {
            WorkKind.Training => Training(work),
            WorkKind.Inference => Inference(work),
            _ => null,
        };
    }

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

    /// <summary>
    /// TorchSharp's own message speaks of a missing reference whatever the cause, so the system's loader is asked again. Its
    /// message names folders of this machine; only what is missing is taken from it.
    /// </summary>
    private static string Reason(Exception e)
    {
        try
        {
            _ = NativeLibrary.Load("LibTorchSharp", typeof(torch).Assembly, null);
        }
        catch (Exception loading) when (loading is DllNotFoundException or BadImageFormatException)
        {
            Match version = MissingVersion().Match(loading.Message);
            if (version.Success)
            {
                return $"its native library needs {version.Groups[1].Value}, which this system's C++ library lacks";
            }
        }

        return $"its native library does not load ({e.GetBaseException().GetType().Name})";
    }

    [GeneratedRegex(@"version .(GLIBC\w*[\d.]+). not found")]
    private static partial Regex MissingVersion();
}
