using Kopeck.Engine.Storage;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Verification;

/// <summary>One transaction of one book in which nobody else writes, for a rebuild.</summary>
public interface IRebuildStore
{
    /// <summary>The rows as they stand in the transaction.</summary>
    IVerificationSnapshot Snapshot { get; }

    /// <summary>Deletes every derived row, and puts no personal values in force.</summary>
    void ClearDerived();

    /// <summary>Operations after a number, in order, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<Operation> ReadJournal(long after, int limit);

    /// <summary>Writes again what is derived of a run of operations; its personal values are in force from then on.</summary>
    void WriteDerived(BatchRows rows);

    /// <summary>
    /// Writes the book's row as the journal says, with a raised epoch: it tells serving nodes that something happened behind their backs.
    /// </summary>
    void WriteBook(BookRow row);
}
