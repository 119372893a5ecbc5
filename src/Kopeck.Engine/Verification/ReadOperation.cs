using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Verification;

/// <summary>A row of the journal, with what could be made of it without knowing the rows before it.</summary>
/// <param name="Raw">The row as it stands.</param>
/// <param name="Operation">What it says; null where it cannot be read: whoever comes to it tells why.</param>
/// <param name="Leaves">The hashes of its leaves.</param>
sealed record ReadOperation(object?[] Raw, Operation? Operation, Digest[]? Leaves)
{
    const int RowsAtOnce = 256;

    /// <summary>
    /// Reads rows in their order. They are taken from the store by whoever asks, and parsed and hashed a stretch at a time by all
    /// processors: that is most of a replay, and needs nothing of what came before.
    /// </summary>
    public static IEnumerable<ReadOperation> All(IEnumerable<object?[]> rows, BookSecret secret)
    {
        var ahead = new Queue<Task<ReadOperation[]>>();
        foreach (var stretch in rows.Chunk(RowsAtOnce))
        {
            ahead.Enqueue(Task.Run(() => Array.ConvertAll(stretch, row => Of(row, secret))));
            if (ahead.Count <= Environment.ProcessorCount)
                continue;
            foreach (var read in ahead.Dequeue().GetAwaiter().GetResult())
                yield return read;
        }

        foreach (var stretch in ahead)
        {
            foreach (var read in stretch.GetAwaiter().GetResult())
                yield return read;
        }
    }

    static ReadOperation Of(object?[] row, BookSecret secret)
    {
        if (row[1] is not long number)
            return new ReadOperation(row, null, null);
        try
        {
            var operation = RawOperation.Read(row, number);
            return new ReadOperation(row, operation, OperationHash.Leaves(secret, operation, operation.Canonical!));
        }
        catch (Exception exception) when (exception is FindingException or FormatException or ArgumentException or ArithmeticException
            or InvalidOperationException or KeyNotFoundException)
        {
            return new ReadOperation(row, null, null);
        }
    }
}
