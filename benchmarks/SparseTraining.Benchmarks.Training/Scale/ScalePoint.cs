namespace SparseTraining.Benchmarks.Training.Scale;

/// <summary>One size of the curve: a square sparse layer, its cost per link and step, and what memory could deliver.</summary>
/// <param name="Neurons">Inputs, and as many outputs.</param>
/// <param name="Links">Links of the layer.</param>
/// <param name="TileWidth">Samples of a tile.</param>
/// <param name="DrawSeconds">What drawing the links took, <c>ErdosRenyiInitializer</c>.</param>
/// <param name="ReadGigabytesPerSecond">
/// Rows of one tile of activations read in random order by a loop that does nothing else, one thread.
/// </param>
/// <param name="Threads">One entry for each number of threads.</param>
internal sealed record ScalePoint(
    int Neurons, int Links, int TileWidth, double DrawSeconds, double ReadGigabytesPerSecond, IReadOnlyList<ScaleCost> Threads)
{
    /// <summary>Bytes of one tile of the layer's input.</summary>
    public long TileBytes => sizeof(float) * (long)TileWidth * Neurons;
}

/// <summary>Nanoseconds per link and step, by phase.</summary>
internal sealed record ScaleCost(int Threads, double Forward, double Backward, double Update)
{
    public double Total => Forward + Backward + Update;
}
