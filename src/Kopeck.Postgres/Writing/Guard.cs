using Kopeck.Engine.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Kopeck.Postgres.Writing;

/// <summary>Moves the book's row from the one that this node saw last: what a batch writes first.</summary>
static class Guard
{
    // The guard: another head, hash or epoch puts NULL into a column that takes none, and a book that is not there divides by zero. Both
    // raise.
    const string MoveBook = """
        WITH moved AS (
          UPDATE books SET
            head_number = CASE WHEN head_number = $2 AND head_hash = $3 AND epoch = $4 AND first_hash = $5 THEN $6 ELSE NULL END,
            head_hash = $7, head_at = $8, quotes_hash = $9, quote_max_age_days = $10, time_zone = $11, terms_number = $12, clock_stands_at = $13
          WHERE book = $1
          RETURNING 1)
        SELECT 1 / count(*) FROM moved
        """;

    const string InsertBook = """
        INSERT INTO books
          (book, base_currency, quote_max_age_days, time_zone, terms_number, clock_stands_at, head_number, head_hash, head_at, epoch, first_hash, quotes_hash, secret, folding)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """;

    /// <summary>Adds the command that raises by itself when another node wrote first.</summary>
    public static void Add(NpgsqlBatch batch, BatchRows rows)
    {
        var next = rows.Next;
        if (rows.Expected is not { } expected)
        {
            Command(batch, InsertBook, next)
                .Add(next.BaseCurrency).Add(next.Terms.QuoteMaxAgeDays).Add(next.Terms.TimeZone.Value).Add(next.TermsNumber)
                .AddOptional(next.Terms.ClockStandsAt?.Microseconds, NpgsqlDbType.Bigint)
                .Add(next.Head.Number).Add(next.Head.Hash.ToBytes())
                .Add(next.Head.At.Microseconds).Add(next.Epoch).Add(next.FirstHash.ToBytes())
                    .AddOptional(next.QuotesHash?.ToBytes(), NpgsqlDbType.Bytea)
                .Add(next.Secret.ToBytes()).Add(next.Folding);
            return;
        }

        Command(batch, MoveBook, next)
            .Add(expected.Head.Number).Add(expected.Head.Hash.ToBytes()).Add(expected.Epoch).Add(expected.FirstHash.ToBytes())
            .Add(next.Head.Number).Add(next.Head.Hash.ToBytes()).Add(next.Head.At.Microseconds)
                .AddOptional(next.QuotesHash?.ToBytes(), NpgsqlDbType.Bytea)
            .Add(next.Terms.QuoteMaxAgeDays).Add(next.Terms.TimeZone.Value).Add(next.TermsNumber)
            .AddOptional(next.Terms.ClockStandsAt?.Microseconds, NpgsqlDbType.Bigint);
    }

    static NpgsqlBatchCommand Command(NpgsqlBatch batch, string text, BookRow next)
    {
        var command = new NpgsqlBatchCommand(text);
        batch.BatchCommands.Add(command);
        return command.Add(next.Book.Value);
    }
}
