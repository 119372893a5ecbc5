using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Verification;

/// <summary>Finds the row that should not be there, once the count of rows says that there is one.</summary>
static class SurplusChecks
{
    public static IReadOnlyList<string> DerivedTables { get; } =
    [
        Tables.PersonalValues.TableName,
        Tables.Customers.TableName,
        Tables.CustomerChanges.TableName,
        Tables.Accounts.TableName,
        Tables.AccountChanges.TableName,
        Tables.Entries.TableName,
        Tables.IdempotencyKeys.TableName,
        Tables.Quotes.TableName,
    ];

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
        var length = table switch
        {
            "customers" or "accounts" or "personal_values" or "idempotency_keys" => 1,
            "customer_changes" or "account_changes" => 2,
            _ => 3,
        };
        return [.. row.Skip(1).Take(length).Select(value => value ?? "null")];
    }

    static bool Belongs(IVerificationSnapshot snapshot, string table, object?[] row, BookState state) => table switch
    {
        "customers" => row[1] is long customer && state.FindCustomer(customer) is not null,
        "accounts" => row[1] is long account && state.FindAccount(account) is not null,
        "personal_values" => Operation(snapshot, row[1]) is { Body: CustomerRegistered or CustomerChanged },
        "customer_changes" => Operation(snapshot, row[2]) is { } operation && Storage.Applied.CustomerOf(operation) is { } customer && Equals(row[1], customer),
        "account_changes" => Operation(snapshot, row[2]) is { } operation && Storage.Applied.AccountOf(operation) is { } account && Equals(row[1], account),
        "entries" => Operation(snapshot, row[2]) is { } operation && row[3] is long place && place >= 0 && place < operation.Entries.Length && Equals(row[1], operation.Entries[(int)place].Account),
        "idempotency_keys" => Operation(snapshot, row[2]) is { Key: { } key } operation && operation.Number == operation.Group && row[1] is byte[] digest && KeyDigest.Of(key).ToBytes().AsSpan().SequenceEqual(digest),
        _ => Operation(snapshot, row[3]) is { Body: QuotesLoaded loaded } && loaded.Quotes.Any(quote => Equals(quote.Currency, row[1])) && Equals(row[2], loaded.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
    };

    static Operation? Operation(IVerificationSnapshot snapshot, object? number) =>
        number is long value && snapshot.Find(Tables.Operations.TableName, value) is [var row] ? RawOperation.Read(row, value) : null;
}
