using Kopeck.Engine.Storage;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Reference;
using Kopeck.Sqlite.Native;
using Kopeck.Sqlite.Writing;

namespace Kopeck.Sqlite.Verification;

/// <summary>Makes the derived tables of a book anew from its journal, in one transaction, while no one else writes.</summary>
public static class SqliteRebuild
{
    /// <summary>Rebuilds a book. Nothing is changed when the journal itself does not verify.</summary>
    /// <returns>What is wrong with the journal, or the count of operations.</returns>
    public static VerificationResult Rebuild(string path, BookName book, Action<long, long>? progress)
    {
        using var connection = SqliteDatabase.Open(path, ConnectionMode.Write);
        try
        {
            connection.Execute("BEGIN IMMEDIATE");
            using var snapshot = SqliteVerificationStore.Within(connection, book);
            var result = Rebuilder.Rebuild(new Store(connection, book, snapshot), book, progress);
            if (result.Finding is null)
                connection.Execute("COMMIT");
            return result;
        }
        catch (SqliteFailureException failure)
        {
            throw failure.ToStorageException();
        }
        finally
        {
            if (connection.IsInTransaction)
                connection.Execute("ROLLBACK");
        }
    }

    sealed class Store(Connection connection, BookName book, IVerificationSnapshot snapshot) : IRebuildStore
    {
        public IVerificationSnapshot Snapshot => snapshot;

        public void ClearDerived()
        {
            foreach (var table in Rebuilder.DerivedTables)
                connection.Prepare($"DELETE FROM {table} WHERE book = ?1").Bind(book.Value).Execute();
            connection.Prepare("UPDATE personal_values SET is_current = 0 WHERE book = ?1").Bind(book.Value).Execute();
        }

        public IReadOnlyList<Operation> ReadJournal(long after, int limit)
        {
            using var rows = connection.Prepare($"SELECT {SqliteRows.OperationColumns} FROM {SqliteRows.OperationTables} WHERE o.book = ?1 AND o.number > ?2 ORDER BY o.number LIMIT ?3").Bind(book.Value).Bind(after).Bind(limit);
            return SqliteStore.ReadAll(rows, SqliteRows.Operation);
        }

        public void WriteDerived(BatchRows rows)
        {
            BatchWriter.WriteRebuilt(connection, rows);
            foreach (var row in rows.Personal)
            {
                connection.Prepare("UPDATE personal_values SET is_current = 0 WHERE book = ?1 AND customer = ?2 AND is_current").Bind(book.Value).Bind(row.Values.Customer).Execute();
                connection.Prepare("UPDATE personal_values SET is_current = 1, name_folded = ?1 WHERE book = ?2 AND number = ?3").Bind(TextFold.Fold(row.Values.Details.Name.Value)).Bind(book.Value).Bind(row.Number).Execute();
            }
        }

        public void WriteBook(BookRow row) =>
            connection.Prepare("UPDATE books SET base_currency = ?1, quote_max_age_days = ?2, head_number = ?3, head_hash = ?4, head_at = ?5, epoch = CASE WHEN epoch >= 0 THEN epoch + 1 ELSE 1 END, first_hash = ?6, quotes_hash = ?7 WHERE book = ?8")
                .Bind(row.BaseCurrency).Bind(row.QuoteMaxAgeDays).Bind(row.Head.Number).Bind(row.Head.Hash).Bind(row.Head.At.Microseconds).Bind(row.FirstHash).Bind(row.QuotesHash).Bind(book.Value).Execute();
    }
}
