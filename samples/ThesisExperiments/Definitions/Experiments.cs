namespace ThesisExperiments.Definitions;

/// <summary>The thesis' experiments, in one place.</summary>
internal static class Experiments
{
    private static readonly string[] Proposed = ["set", "ldv", "osv", "exd"];

    public static IReadOnlyList<Experiment> All { get; } =
    [
        new()
        {
            Key = "datasets",
            Title = "More data sets",
            Hidden = [1000, 1000, 1000],
            Data = ["glioma", "orl", "prostate-ge", "lung", "fashion-mnist"],
            Methods = ["dense", "fixprob", .. Proposed],
            TimedMethods = ["dense", "fixprob", .. Proposed],
        },
        new()
        {
            Key = "keras",
            Title = "Two Keras ways",
            Hidden = [4000, 1000, 4000],
            Data = ["fashion-mnist"],

            // Truly sparse layers train to the same bits as masked ones and are an order of magnitude faster, so that a
            // run of these alone already says what accuracy the masked ones reach.
            Methods = [.. Proposed, "dense", .. Proposed.Select(key => $"masked-{key}"), .. Proposed.Select(key => $"rebuilt-{key}")],
            TimedMethods = ["dense", "rebuilt-set", "masked-set", "set"],
            Augmented = true,
        },
        new()
        {
            Key = "operations",
            Title = "Sparse operations",
            Hidden = [4000, 1000, 4000],
            Data = ["fashion-mnist"],
            Methods = [],
            TimedMethods = ["dense", "masked-set", "set"],
            Rounds = 10,
        },
        new()
        {
            Key = "deep",
            Title = "Four hidden layers",
            Hidden = [4000, 4000, 4000, 4000],
            Data = ["fashion-mnist"],
            Methods = Proposed,
            FirstWeights = [FirstWeights.Default, FirstWeights.DenseFanIn],
            TimedMethods = ["dense", .. Proposed],
            TimedSteps = 10,
        },

        // What others reached, from their result files. The first does not say its network; it is taken to be that of the thesis.
        new()
        {
            Key = "peers-5000",
            Title = "Others: 5,000 samples of Fashion-MNIST",
            Hidden = [1000, 1000, 1000],
            Data = ["fashion-mnist"],
            Methods = ["dense", "fixprob", "set"],
            TimedMethods = [],
            TrainSamples = 5000,
            Runs = 5,
        },
        new()
        {
            Key = "peers-2000",
            Title = "Others: 2,000 samples of Fashion-MNIST",
            Hidden = [1000, 1000, 1000],
            Data = ["fashion-mnist"],
            Methods = ["dense", "fixprob", "set"],
            TimedMethods = [],
            TrainSamples = 2000,
            Epsilon = 13,
            Epochs = 400,
            Runs = 5,
        },
        new()
        {
            Key = "peers-lung",
            Title = "Others: LUNG with 3 × 3000 neurons",
            Hidden = [3000, 3000, 3000],
            Data = ["lung"],
            Methods = ["fixprob", "set"],
            TimedMethods = [],
            Epochs = 100,
        },
    ];

    public static Experiment Of(string key) => All.First(experiment => experiment.Key == key);
}
