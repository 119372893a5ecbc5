using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Verification;

/// <summary>Finds the row that should not be there, once the count of rows says that there is one.</summary>
static class SurplusChecks
{
    public static FindingException Find(IVerificationSnapshot snapshot, string table, BookState state)
    {
        object?[]? before = null;
        foreach (var row in snapshot.Rows(table))
        {
            var key = KeyOf(table, row);
            if (!Belongs(snapshot, table, row, state))
                return RowChecks.Fail(table, RowChecks.Text(key), null, "the row belongs to no operation of the journal");
            if (before is not null && RowChecks.Text(KeyOf(table, before)) == RowChecks.Text(key))
                return RowChecks.Fail(table, RowChecks.Text(key), null, "the row is there twice");
            before = row;
        }

        return RowChecks.Fail(table, "(all)", null, "the count of rows is not what the journal says");
    }

    static object[] KeyOf(string table, object?[] row)
    {
        var columns = Tables.ColumnsOf(table);
        return [.. Tables.PrimaryKeyOf(table).Skip(1).Select(name => row[PlaceOf(columns, name)] ?? "null")];
    }

    static int PlaceOf(IReadOnlyList<Column> columns, string name)
    {
        for (var place = 0; place < columns.Count; place++)
        {
            if (columns[place].Name == name)
                return place;
        }

        throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such column");
    }

    static bool Belongs(IVerificationSnapshot snapshot, string table, object?[] row, BookState state) => table switch
    {
        "customers" => row[1] is long customer && state.FindCustomer(customer) is not null,
        "accounts" => row[1] is long account && state.FindAccount(account) is not null,
        "personal_values" => Operation(snapshot, row[1]) is { Body: CustomerValues },
        "customer_changes" => row[1] is long changed && Touched(snapshot, row[2]).Customers.Contains(changed),
        "account_changes" => row[1] is long changed && Touched(snapshot, row[2]).Accounts.Contains(changed),
        "entries" =>
            Operation(snapshot, row[2]) is { } operation
                && row[3] is long place
                && place >= 0
                && place < operation.Entries.Length
                && Equals(row[1], operation.Entries[(int)place].Account),
        "hold_entries" => row[3] is 0L && Touched(snapshot, row[2]).Holds is [var change] && Equals(row[1], change.Account),
        "holds" => Touched(snapshot, row[1]).Placed is [_],
        "captures" => Touched(snapshot, row[2]).Captures is [var capture] && Equals(row[1], capture.Hold),
        "reversals" =>
            Touched(snapshot, row[3]).Reversals.Any(reversal => Equals(row[1], reversal.Original) && Equals(row[2], (long)reversal.Leg)),
        "reversed_operations" =>
            row[1] is long original && state.FindOriginal(original) is { } known && known.Back.Any(back => back != default),
        "idempotency_keys" =>
            Operation(snapshot, row[2]) is { } operation
                && operation.Number == operation.Group
                && row[1] is byte[] { Length: KeyDigest.Length } digest
                && (operation.KeyDigest == KeyDigest.From(digest)
                    || operation.Batch is { Contents: not null } first && first.Key == KeyDigest.From(digest)),
        _ => Touched(snapshot, row[3]).Quotes.Any(quote =>
            Equals(quote.Currency, row[1])
                && Equals(row[2], quote.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))),
    };

    static Touched Touched(IVerificationSnapshot snapshot, object? number) =>
        Operation(snapshot, number) is { } operation ? KindList.Of(operation.Kind).Touches(operation) : Kopeck.Ledger.State.Touched.Nothing;

    static Operation? Operation(IVerificationSnapshot snapshot, object? number) =>
        number is long value && snapshot.Find(Tables.Operations.TableName, value) is [var row] ? RawOperation.Read(row, value) : null;
}
