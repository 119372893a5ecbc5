using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.State;

namespace Kopeck.Statements.Reading;

/// <summary>A book's terms as they held at each operation. Immutable.</summary>
public sealed class TermsHistory
{
    // The newest first; the last is the opening's.
    readonly IReadOnlyList<(long Number, BookTerms Terms)> changes;

    TermsHistory(IReadOnlyList<(long Number, BookTerms Terms)> changes) => this.changes = changes;

    /// <summary>The terms that an operation was decided on: those that were set before it.</summary>
    public BookTerms Before(long number) => changes.FirstOrDefault(change => change.Number < number, changes[^1]).Terms;

    /// <summary>Reads it back from the last change to the opening.</summary>
    /// <param name="last">The operation that set the terms last.</param>
    internal static async Task<TermsHistory> ReadAsync(
        ILedgerReader reader, BookName book, long last, BookOpened opened, CancellationToken cancellationToken)
    {
        var found = new List<(long, BookTerms)>();
        while (last > 1)
        {
            var operation = await reader.GetOperationAsync(book, last, cancellationToken)
                ?? throw new StorageUnavailableException($"Operation {last} of book {book} cannot be read");
            var changed =
                operation.Body as BookChanged ?? throw new FormatException($"Operation {last} of book {book} does not change its terms");
            found.Add((last, changed.Terms));
            last = changed.Before;
        }

        found.Add((1, opened.Terms));
        return new TermsHistory(found);
    }
}
