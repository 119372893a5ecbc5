using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational.Rows;

/// <summary>Rows of <c>accounts</c>, each with what its last entry and its last hold entry left.</summary>
public static class AccountRows
{
    /// <summary>The columns that <see cref="Read"/> reads, of <c>accounts a</c>.</summary>
    public const string Columns =
        "a.account, a.kind, a.customer, a.currency, a.minor_units, a.code, a.status, a.floor, "
        + "(SELECT h.held FROM hold_entries h WHERE h.book = $1 AND h.account = a.account ORDER BY h.number DESC, h.place DESC LIMIT 1), "
        + "(SELECT e.balance FROM entries e WHERE e.book = $1 AND e.account = a.account ORDER BY e.number DESC, e.place DESC LIMIT 1)";

    /// <summary>How many columns there are.</summary>
    public const int Count = 10;

    /// <summary>The accounts of a book.</summary>
    public const string Select = $"SELECT {Columns} FROM accounts a WHERE a.book = $1";

    /// <summary>Reads a row.</summary>
    /// <param name="first">The place of its first column.</param>
    public static Account Read(IRow row, int first = 0) => new()
    {
        Id = row.Int64(first),
        Kind = (AccountKind)row.Int64(first + 1),
        Customer = row.OptionalInt64(first + 2),
        Currency = new Currency(string.Intern(row.Text(first + 3)), (int)row.Int64(first + 4)),
        Code = row.OptionalText(first + 5) is { } code ? AccountCode.Parse(code) : null,
        Status = (AccountStatus)row.Int64(first + 6),
        Floor = row.OptionalInt64(first + 7),
        Held = row.OptionalInt64(first + 8) ?? 0,
        Posted = row.OptionalInt64(first + 9) ?? 0,
    };
}
