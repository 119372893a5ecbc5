using System.Data;
using Kopeck.Engine.Storage;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Distribution;
using Kopeck.Postgres.Sql;
using Kopeck.Postgres.Writing;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Writing;
using Npgsql;
using NpgsqlTypes;

namespace Kopeck.Postgres.Verification;

/// <summary>Makes the derived tables of a book anew from its journal, in one transaction, under the book's lock.</summary>
static class PostgresRebuild
{
    public static VerificationResult Rebuild(BookServers servers, BookName book, Action<long, long>? progress) =>
        servers.AtAsync(book, server => Task.FromResult(Rebuild(server, book, progress))).GetAwaiter().GetResult();

    static VerificationResult Rebuild(PostgresSource source, BookName book, Action<long, long>? progress)
    {
        try
        {
            using var connection = source.OpenWriterAsync().AsTask().GetAwaiter().GetResult();
            using var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
            var store = new Store(connection, book);
            store.Lock();
            var result = Rebuilder.Rebuild(store, book, progress);
            if (result.Finding is null)
                transaction.Commit();
            return result;
        }
        catch (Exception exception) when (PostgresFailures.IsStorage(exception))
        {
            throw PostgresFailures.ToUnavailable(exception);
        }
    }

    sealed class Store(NpgsqlConnection connection, BookName book) : IRebuildStore
    {
        public IVerificationSnapshot Snapshot { get; } = new PostgresSnapshot(connection, null, book, null);

        public void Lock() => Execute(new NpgsqlBatchCommand("SELECT 1 FROM books WHERE book = $1 FOR UPDATE").Add(book.Value));

        public void ClearDerived()
        {
            foreach (var table in DerivedTables.Rebuilt)
                Execute(new NpgsqlBatchCommand($"DELETE FROM {table} WHERE book = $1").Add(book.Value));
            Execute(new NpgsqlBatchCommand("UPDATE personal_values SET is_current = false WHERE book = $1").Add(book.Value));
        }

        public IReadOnlyList<Operation> ReadJournal(long after, int limit)
        {
            using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(new NpgsqlBatchCommand(OperationRows.SelectAfter).Add(book.Value).Add(after).Add((long)limit));
            using var rows = batch.ExecuteReader();
            var row = new PostgresRow(rows);
            var operations = new List<Operation>();
            while (rows.Read())
                operations.Add(OperationRows.Read(row));
            return operations;
        }

        public void WriteDerived(BatchRows rows)
        {
            using var batch = new NpgsqlBatch(connection);
            var writer = new PostgresTableWriter(batch, book);
            BatchTables.WriteDerived(rows, writer);
            BatchTables.RestorePersonal(rows, writer);
            if (batch.BatchCommands.Count > 0)
                batch.ExecuteNonQuery();
        }

        public void WriteBook(BookRow row) =>
            Execute(new NpgsqlBatchCommand("""
                UPDATE books SET base_currency = $2, quote_max_age_days = $3, head_number = $4, head_hash = $5, head_at = $6,
                  epoch = CASE WHEN epoch >= 0 THEN epoch + 1 ELSE 1 END, first_hash = $7, quotes_hash = $8, folding = $9, time_zone = $10, terms_number = $11, clock_stands_at = $12
                WHERE book = $1
                """)
                .Add(book.Value).Add(row.BaseCurrency).Add(row.Terms.QuoteMaxAgeDays).Add(row.Head.Number).Add(row.Head.Hash.ToBytes())
                    .Add(row.Head.At.Microseconds)
                .Add(row.FirstHash.ToBytes()).AddOptional(row.QuotesHash?.ToBytes(), NpgsqlDbType.Bytea).Add(row.Folding)
                .Add(row.Terms.TimeZone.Value).Add(row.TermsNumber)
                .AddOptional(row.Terms.ClockStandsAt?.Microseconds, NpgsqlDbType.Bigint));

        void Execute(NpgsqlBatchCommand command)
        {
            using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(command);
            batch.ExecuteNonQuery();
        }
    }
}
