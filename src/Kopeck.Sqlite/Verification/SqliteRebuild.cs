using Kopeck.Engine.Storage;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Sql;
using Kopeck.Relational.Writing;
using Kopeck.Sqlite.Native;
using Kopeck.Sqlite.Sql;
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
            foreach (var table in DerivedTables.Rebuilt)
                connection.Prepare($"DELETE FROM {table} WHERE book = ?1").Bind(book.Value).Execute();
            connection.Prepare("UPDATE personal_values SET is_current = 0 WHERE book = ?1").Bind(book.Value).Execute();
        }

        public IReadOnlyList<Operation> ReadJournal(long after, int limit)
        {
            var operations = new List<Operation>(limit);
            connection.Run(
                new Query(OperationRows.SelectAfter).Add(book.Value).Add(after).Add(limit)
                    .Read(row => operations.Add(OperationRows.Read(row))));
            return operations;
        }

        public void WriteDerived(BatchRows rows)
        {
            var writer = new SqliteTableWriter(connection, book);
            BatchTables.WriteDerived(rows, writer);
            BatchTables.RestorePersonal(rows, writer);
        }

        public void WriteBook(BookRow row) =>
            connection.Prepare("""
                UPDATE books SET base_currency = ?1, quote_max_age_days = ?2, time_zone = ?3, terms_number = ?4, head_number = ?5, head_hash = ?6, head_at = ?7,
                  epoch = CASE WHEN epoch >= 0 THEN epoch + 1 ELSE 1 END, first_hash = ?8, quotes_hash = ?9, folding = ?10, clock_stands_at = ?11
                WHERE book = ?12
                """)
                .Bind(row.BaseCurrency).Bind(row.Terms.QuoteMaxAgeDays).Bind(row.Terms.TimeZone.Value).Bind(row.TermsNumber)
                .Bind(row.Head.Number).Bind(row.Head.Hash).Bind(row.Head.At.Microseconds).Bind(row.FirstHash).Bind(row.QuotesHash)
                    .Bind(row.Folding).Bind(row.Terms.ClockStandsAt?.Microseconds).Bind(book.Value).Execute();
    }
}
