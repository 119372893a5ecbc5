using Kopeck.Ledger;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Money;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational.Rows;

/// <summary>Rows of <c>holds</c> and of <c>captures</c>.</summary>
public static class HoldRows
{
    /// <summary>The holds of a book, as <c>holds h</c>.</summary>
    public const string Select =
        "SELECT h.hold, h.account, h.receiver, h.to_cash, h.currency, h.minor_units, h.asked_currency, h.asked_minor_units, "
        + "h.status, h.authorised, h.max_amount, h.captured, h.released, h.expired, h.remaining, h.expires_at, "
        + "h.changed FROM holds h WHERE h.book = $1";

    /// <summary>The captures of the holds $2 until the number $3, each hold's in their order.</summary>
    public static string SelectCaptures(Dialect dialect) =>
        $"SELECT hold, number, amount FROM captures WHERE book = $1 AND {dialect.IsOneOf("hold", 2)} AND number <= $3 "
        + "ORDER BY hold, number";

    /// <summary>Reads a hold, without its captures.</summary>
    public static Hold Read(IRow row) => new()
    {
        Id = row.Int64(0),
        Account = row.Int64(1),
        To = row.OptionalInt64(2),
        ToCash = row.Boolean(3),
        Currency = new Currency(string.Intern(row.Text(4)), (int)row.Int64(5)),
        Asked = new Currency(string.Intern(row.Text(6)), (int)row.Int64(7)),
        State = new HoldState(
            (HoldStatus)row.Int64(8),
            row.Int64(9),
            row.OptionalInt64(10),
            row.Int64(11),
            row.Int64(12),
            row.Int64(13),
            row.Int64(14),
            row.OptionalInt64(15) is { } end ? new Instant(end) : null),
        Changed = row.Int64(16),
    };

    /// <summary>Reads a capture, and of which hold it is.</summary>
    public static (long Hold, HoldCapture Capture) ReadCapture(IRow row) => (row.Int64(0), new HoldCapture(row.Int64(1), row.Int64(2)));
}
