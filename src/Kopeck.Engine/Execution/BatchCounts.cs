namespace Kopeck.Engine.Execution;

/// <summary>What became of a book's batches on this node, since it started.</summary>
public sealed class BatchCounts
{
    long committed;
    long operations;
    long lost;
    long lostInARow;
    long broken;
    long lastNumber;
    long storageErrors;

    /// <summary>How long commits took.</summary>
    public DurationCounts CommitDurations { get; } = new();

    /// <summary>The number that the journal reached by the last commit of this node.</summary>
    public long LastNumber => Volatile.Read(ref lastNumber);

    /// <summary>How often the store could not be written, or could not be asked.</summary>
    public long StorageErrors => Volatile.Read(ref storageErrors);

    /// <summary>Batches that were written.</summary>
    public long CommittedBatches => Volatile.Read(ref committed);

    /// <summary>Operations in them.</summary>
    public long CommittedOperations => Volatile.Read(ref operations);

    /// <summary>How often a batch had to be decided again because another node wrote first.</summary>
    public long LostBatches => Volatile.Read(ref lost);

    /// <summary>The most losses in a row that one batch had.</summary>
    public long MostLostInARow => Volatile.Read(ref lostInARow);

    /// <summary>Batches in which a bug showed: refused, if nothing was written.</summary>
    public long BrokenBatches => Volatile.Read(ref broken);

    internal void Broke() => Interlocked.Increment(ref broken);

    internal void StoreFailed() => Interlocked.Increment(ref storageErrors);

    internal void Committed(int count, long number)
    {
        Volatile.Write(ref lastNumber, number);
        Interlocked.Increment(ref committed);
        Interlocked.Add(ref operations, count);
    }

    internal void Lost(int inARow)
    {
        Interlocked.Increment(ref lost);
        // One loop a book writes this.
        if (inARow > Volatile.Read(ref lostInARow))
            Volatile.Write(ref lostInARow, inARow);
    }
}
