using Kopeck.Engine.Storage;
using Kopeck.Sqlite.Native;

namespace Kopeck.Sqlite.Writing;

/// <summary>Moves the book's row from the one that this node saw last: what a batch writes first. The caller begins and commits.</summary>
static class Guard
{
    // Another head, hash or epoch puts NULL into a column that takes none, and so raises by itself.
    const string MoveBook = """
        UPDATE books SET
          head_number = CASE WHEN head_number = ?1 AND head_hash = ?2 AND epoch = ?3 AND first_hash = ?4 THEN ?5 ELSE NULL END,
          head_hash = ?6, head_at = ?7, quotes_hash = ?8, quote_max_age_days = ?9, time_zone = ?10, terms_number = ?11,
          clock_stands_at = ?12
        WHERE book = ?13
        RETURNING epoch
        """;

    const string InsertBook = """
        INSERT INTO books
          (book, base_currency, quote_max_age_days, time_zone, terms_number, clock_stands_at, head_number, head_hash, head_at, epoch, first_hash, quotes_hash, secret, folding)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        """;

    /// <summary>False when another node wrote first: nothing of the batch may be written.</summary>
    public static bool Move(Connection connection, BatchRows rows)
    {
        var next = rows.Next;
        try
        {
            if (rows.Expected is not { } expected)
            {
                connection.Prepare(InsertBook)
                    .Bind(next.Book.Value).Bind(next.BaseCurrency).Bind(next.Terms.QuoteMaxAgeDays).Bind(next.Terms.TimeZone.Value)
                        .Bind(next.TermsNumber).Bind(next.Terms.ClockStandsAt?.Microseconds)
                    .Bind(next.Head.Number).Bind(next.Head.Hash)
                    .Bind(next.Head.At.Microseconds).Bind(next.Epoch).Bind(next.FirstHash).Bind(next.QuotesHash)
                    .Bind(next.Secret.ToBytes()).Bind(next.Folding).Execute();
                return true;
            }

            using var move = connection.Prepare(MoveBook)
                .Bind(expected.Head.Number).Bind(expected.Head.Hash).Bind(expected.Epoch).Bind(expected.FirstHash)
                .Bind(next.Head.Number).Bind(next.Head.Hash).Bind(next.Head.At.Microseconds).Bind(next.QuotesHash)
                .Bind(next.Terms.QuoteMaxAgeDays).Bind(next.Terms.TimeZone.Value).Bind(next.TermsNumber)
                .Bind(next.Terms.ClockStandsAt?.Microseconds).Bind(next.Book.Value);
            return move.Step();
        }
        catch (SqliteFailureException failure) when (failure.IsConstraint)
        {
            return false;
        }
    }
}
