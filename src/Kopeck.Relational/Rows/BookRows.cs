using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.State;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational.Rows;

/// <summary>Rows of <c>books</c>.</summary>
public static class BookRows
{
    /// <summary>The columns that <see cref="Read"/> reads.</summary>
    public const string Columns =
        "book, base_currency, quote_max_age_days, time_zone, terms_number, clock_stands_at, head_number, head_hash, head_at, epoch, first_hash, quotes_hash, secret, folding";

    /// <summary>One book's row.</summary>
    public const string Select = $"SELECT {Columns} FROM books WHERE book = $1";

    /// <summary>The number of a book's last operation.</summary>
    public const string SelectHead = "SELECT head_number FROM books WHERE book = $1";

    /// <summary>The numbers of some books' last operations: each book's name and number.</summary>
    public static Query SelectHeads(Dialect dialect, IEnumerable<BookName> books) =>
        new Query($"SELECT book, head_number FROM books WHERE {dialect.IsOneOf("book", 1)}").AddKeys(books.Select(book => book.Value));

    /// <summary>Reads a row.</summary>
    public static BookRow Read(IRow row) => new(
        BookName.Parse(row.Text(0)),
        row.Text(1),
        new BookTerms((int)row.Int64(2), ZoneName.Restore(row.Text(3)))
        {
            ClockStandsAt = row.OptionalInt64(5) is { } stand ? new Instant(stand) : null,
        },
        row.Int64(4),
        new Head(row.Int64(6), row.Digest(7), new Instant(row.Int64(8))),
        row.Int64(9),
        row.Digest(10),
        row.OptionalDigest(11),
        new BookSecret(row.Digest(12)),
        (int)row.Int64(13));
}
