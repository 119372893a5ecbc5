using System.Globalization;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Npgsql;

namespace Kopeck.Postgres;

/// <summary>Rows to values: the columns to select and how they are read.</summary>
static class PostgresRows
{
    public const string BookColumns = "book, base_currency, quote_max_age_days, head_number, head_hash, head_at, epoch, first_hash, quotes_hash";

    /// <summary>Of <c>accounts a</c>, with the balance of its last entry.</summary>
    public const string AccountColumns =
        "a.account, a.kind, a.customer, a.currency, a.minor_units, a.code, a.status, a.floor, a.held, "
        + "(SELECT e.balance FROM entries e WHERE e.book = a.book AND e.account = a.account ORDER BY e.number DESC, e.place DESC LIMIT 1)";

    public const string QuoteColumns = "q.currency, q.date, q.revision, trim_scale(q.rate)::text, q.source";

    public const string OperationTables = "operations o LEFT JOIN personal_values p ON p.book = o.book AND p.number = o.number";

    public const string CustomerTables = "customers c LEFT JOIN personal_values p ON p.book = c.book AND p.customer = c.customer AND p.is_current";

    /// <summary>Of <see cref="OperationTables"/>.</summary>
    public static readonly string OperationColumns =
        "o.book, o.number, o.group_number, o.kind, o.at, o.actor, o.key, o.fingerprint, o.body, o.entries, o.hash, p.customer, p.salt" + Personal("p");

    /// <summary>Of <see cref="CustomerTables"/>.</summary>
    public static readonly string CustomerColumns = "c.customer, c.country, c.is_erased, c.changed, p.customer" + Personal("p");

    public static BookRow Book(NpgsqlDataReader row, int first) => new(
        BookName.Parse(row.GetString(first)),
        row.GetString(first + 1),
        row.GetInt32(first + 2),
        new Head(row.GetInt64(first + 3), Digest(row, first + 4), new Instant(row.GetInt64(first + 5))),
        row.GetInt64(first + 6),
        Digest(row, first + 7),
        row.IsDBNull(first + 8) ? null : Digest(row, first + 8));

    public static Account Account(NpgsqlDataReader row, int first) => new()
    {
        Id = row.GetInt64(first),
        Kind = (AccountKind)row.GetInt16(first + 1),
        Customer = OptionalInt64(row, first + 2),
        Currency = new Currency(string.Intern(row.GetString(first + 3)), row.GetInt16(first + 4)),
        Code = OptionalText(row, first + 5) is { } code ? AccountCode.Parse(code) : null,
        Status = (AccountStatus)row.GetInt16(first + 6),
        Floor = OptionalInt64(row, first + 7),
        Held = row.GetInt64(first + 8),
        Posted = OptionalInt64(row, first + 9) ?? 0,
    };

    public static Customer Customer(NpgsqlDataReader row, int first) => new()
    {
        Id = row.GetInt64(first),
        Country = CountryCode.Parse(row.GetString(first + 1)),
        IsErased = row.GetBoolean(first + 2),
        Changed = row.GetInt64(first + 3),
        Details = row.IsDBNull(first + 4) ? null : Details(row, first + 5),
    };

    public static Operation Operation(NpgsqlDataReader row, int first = 0)
    {
        var canonical = new CanonicalBytes(row.GetFieldValue<byte[]>(first + 8), row.GetFieldValue<byte[]>(first + 9));
        return new Operation
        {
            Book = BookName.Parse(row.GetString(first)),
            Number = row.GetInt64(first + 1),
            Group = row.GetInt64(first + 2),
            At = new Instant(row.GetInt64(first + 4)),
            Actor = KeyName.Parse(row.GetString(first + 5)),
            Key = OptionalText(row, first + 6) is { } key ? IdempotencyKey.Parse(key) : null,
            Fingerprint = Digest(row, first + 7),
            Body = BodyJson.Parse((OperationKind)row.GetInt16(first + 3), canonical.Body),
            Entries = EntriesBlob.Parse(canonical.Entries),
            Hash = Digest(row, first + 10),
            Canonical = canonical,
            Personal = row.IsDBNull(first + 11) ? null : new PersonalValues(row.GetInt64(first + 11), Digest(row, first + 12), Details(row, first + 13)),
        };
    }

    public static Quote Quote(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetInt64(2), QuoteRate.Parse(row.GetString(3)), QuoteSource.Parse(row.GetString(4)));

    public static Digest Digest(NpgsqlDataReader row, int column) => new(row.GetFieldValue<byte[]>(column));

    public static long? OptionalInt64(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static string? OptionalText(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static CustomerDetails Details(NpgsqlDataReader row, int first)
    {
        var texts = new string?[CustomerDetails.Columns.Count];
        for (var column = 0; column < texts.Length; column++)
            texts[column] = OptionalText(row, first + column);
        return CustomerDetails.TryCreate(texts, out var details, out var errors)
            ? details
            : throw new FormatException($"A row of personal_values is not valid: {string.Join(", ", errors.Select(error => error.Item1.Name))}");
    }

    public static string Personal(string table) => string.Concat(CustomerDetails.Columns.Select(column => $", {table}.{column.Name}"));
}
