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
        "book, base_currency, quote_max_age_days, time_zone, terms_number, head_number, head_hash, head_at, epoch, first_hash, quotes_hash, secret, folding";

    /// <summary>One book's row.</summary>
    public const string Select = $"SELECT {Columns} FROM books WHERE book = $1";

    /// <summary>The number of a book's last operation.</summary>
    public const string SelectHead = "SELECT head_number FROM books WHERE book = $1";

    /// <summary>Reads a row.</summary>
    public static BookRow Read(IRow row) => new(
        BookName.Parse(row.Text(0)),
        row.Text(1),
        new BookTerms((int)row.Int64(2), ZoneName.Restore(row.Text(3))),
        row.Int64(4),
        new Head(row.Int64(5), row.Digest(6), new Instant(row.Int64(7))),
        row.Int64(8),
        row.Digest(9),
        row.OptionalDigest(10),
        new BookSecret(row.Digest(11)),
        (int)row.Int64(12));
}
