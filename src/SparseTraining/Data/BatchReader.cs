namespace SparseTraining.Data;

/// <summary>One pass over a <see cref="BatchSource"/>.</summary>
public abstract class BatchReader : IDisposable
{
    /// <summary>
    /// Fills a batch with the next samples: as many as it has room for, fewer only at the end of the pass.
    /// </summary>
    /// <param name="batch">The batch, overwritten from sample 0.</param>
    /// <returns>How many samples were written; 0 at the end.</returns>
    public abstract int Read(MiniBatch batch);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the pass holds.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
