using System.Globalization;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Kopeck.Sqlite.Native;

namespace Kopeck.Sqlite;

/// <summary>Rows to values: the columns to select and how they are read.</summary>
static class SqliteRows
{
    public const string BookColumns = "book, base_currency, quote_max_age_days, head_number, head_hash, head_at, epoch, first_hash, quotes_hash";
    /// <summary>Of <c>accounts</c>, with the balance of its last entry.</summary>
    public const string AccountColumns =
        "account, kind, customer, currency, minor_units, code, status, floor, held, "
        + "(SELECT e.balance FROM entries e WHERE e.book = accounts.book AND e.account = accounts.account ORDER BY e.number DESC, e.place DESC LIMIT 1)";
    public const string QuoteColumns = "currency, date, revision, rate, source";

    /// <summary>Of <c>operations o LEFT JOIN personal_values p</c>.</summary>
    public static readonly string OperationColumns =
        "o.book, o.number, o.group_number, o.kind, o.at, o.actor, o.key, o.fingerprint, o.body, o.entries, o.hash, p.customer, p.salt" + Personal("p");

    public const string OperationTables = "operations o LEFT JOIN personal_values p ON p.book = o.book AND p.number = o.number";

    /// <summary>Of <c>customers c LEFT JOIN personal_values p</c>.</summary>
    public static readonly string CustomerColumns = "c.customer, c.country, c.is_erased, c.changed, p.customer" + Personal("p");

    public const string CustomerTables = "customers c LEFT JOIN personal_values p ON p.book = c.book AND p.customer = c.customer AND p.is_current";

    public static BookRow Book(Statement row) => new(
        BookName.Parse(row.Text(0)), row.Text(1), (int)row.Int64(2), new Head(row.Int64(3), row.Digest(4), new Instant(row.Int64(5))), row.Int64(6), row.Digest(7), row.OptionalDigest(8));

    public static Account Account(Statement row) => new()
    {
        Id = row.Int64(0),
        Kind = (AccountKind)row.Int64(1),
        Customer = row.OptionalInt64(2),
        Currency = new Currency(string.Intern(row.Text(3)), (int)row.Int64(4)),
        Code = row.OptionalText(5) is { } code ? AccountCode.Parse(code) : null,
        Status = (AccountStatus)row.Int64(6),
        Floor = row.OptionalInt64(7),
        Held = row.Int64(8),
        Posted = row.OptionalInt64(9) ?? 0,
    };

    public static Customer Customer(Statement row) => new()
    {
        Id = row.Int64(0),
        Country = CountryCode.Parse(row.Text(1)),
        IsErased = row.Int64(2) != 0,
        Changed = row.Int64(3),
        Details = row.IsNull(4) ? null : Details(row, 5),
    };

    public static Operation Operation(Statement row)
    {
        var canonical = new CanonicalBytes(row.Bytes(8), row.Bytes(9));
        return new Operation
        {
            Book = BookName.Parse(row.Text(0)),
            Number = row.Int64(1),
            Group = row.Int64(2),
            At = new Instant(row.Int64(4)),
            Actor = KeyName.Parse(row.Text(5)),
            Key = row.OptionalText(6) is { } key ? IdempotencyKey.Parse(key) : null,
            Fingerprint = row.Digest(7),
            Body = BodyJson.Parse((OperationKind)row.Int64(3), canonical.Body),
            Entries = EntriesBlob.Parse(canonical.Entries),
            Hash = row.Digest(10),
            Canonical = canonical,
            Personal = row.IsNull(11) ? null : new PersonalValues(row.Int64(11), row.Digest(12), Details(row, 13)),
        };
    }

    public static Quote Quote(Statement row) =>
        new(row.Text(0), Date(row.Text(1)), row.Int64(2), QuoteRate.Parse(row.Text(3)), QuoteSource.Parse(row.Text(4)));

    public static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static CustomerDetails Details(Statement row, int first)
    {
        var texts = new string?[CustomerDetails.Columns.Count];
        for (var column = 0; column < texts.Length; column++)
            texts[column] = row.OptionalText(first + column);
        return CustomerDetails.TryCreate(texts, out var details, out var errors)
            ? details
            : throw new FormatException($"A row of personal_values is not valid: {string.Join(", ", errors.Select(error => error.Item1.Name))}");
    }

    public static string Personal(string table) => string.Concat(CustomerDetails.Columns.Select(column => $", {table}.{column.Name}"));
}
