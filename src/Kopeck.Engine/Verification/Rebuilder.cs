using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Verification;

/// <summary>Makes the derived tables of a book anew from its journal.</summary>
public static class Rebuilder
{
    const int ChunkLength = 1_000;

    /// <summary>
    /// Rebuilds a book within a transaction that the caller commits when nothing was found. Nothing is changed when the journal itself does
    /// not verify.
    /// </summary>
    public static VerificationResult Rebuild(IRebuildStore store, BookName book, Action<long, long>? progress)
    {
        var verified = Verifier.VerifyJournal(store.Snapshot, book);
        if (verified.Finding is not null)
            return verified;
        store.ClearDerived();
        BookState? state = null;
        BookRow? row = null;
        for (long after = 0; after < verified.Operations;)
        {
            var chunk = store.ReadJournal(after, ChunkLength);
            if (state is null && chunk[0].Body is BookOpened opened)
                state = opened.Begin(book);
            var rows = BatchRowsBuilder.Build(row, [.. chunk.Select(operation => Applied.To(state!, operation))]);
            state!.Settle();
            store.WriteDerived(rows);
            row = rows.Next;
            after = chunk[^1].Number;
            progress?.Invoke(after, verified.Operations);
        }

        store.WriteBook(row!);
        return verified;
    }
}
