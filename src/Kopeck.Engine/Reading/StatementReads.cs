using System.Collections.Immutable;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;

namespace Kopeck.Engine.Reading;

/// <summary>The key of an account's entry: the operation and the place in it.</summary>
public readonly record struct EntryKey(long Number, int Place);

/// <summary>An entry of one account with what its operation says of it.</summary>
/// <param name="Amount">In minor units; negative is a debit.</param>
/// <param name="Balance">The account's balance after it, in minor units.</param>
/// <param name="ConversionEntries">All entries of the operation where it is a conversion; empty otherwise.</param>
public sealed record AccountEntry(long Number, int Place, Instant At, OperationBody Body, long Amount, long Balance, ImmutableArray<Entry> ConversionEntries)
{
    /// <summary>Its key.</summary>
    public EntryKey Key => new(Number, Place);

    /// <summary>Reads the stored parts of an operation for one of its entries.</summary>
    public static AccountEntry Parse(long number, int place, Instant at, OperationKind kind, ReadOnlyMemory<byte> body, ReadOnlySpan<byte> entries, long amount, long balance)
    {
        var parsed = BodyJson.Parse(kind, body);
        return new AccountEntry(number, place, at, parsed, amount, balance, parsed is MoneyMoved { Exchange: not null } ? EntriesBlob.Parse(entries) : []);
    }
}

/// <summary>The sums of an account's entries in a range of numbers. The sums are wide: many amounts may add up to more than any balance.</summary>
/// <param name="Debits">Zero or negative.</param>
public readonly record struct EntrySums(long CreditCount, Int128 Credits, long DebitCount, Int128 Debits)
{
    /// <summary>The sums of two ranges that do not overlap.</summary>
    public EntrySums Plus(EntrySums other) => new(CreditCount + other.CreditCount, Credits + other.Credits, DebitCount + other.DebitCount, Debits + other.Debits);
}

/// <summary>Whose account it is, as of a number.</summary>
/// <param name="Name">The customer's name then; null for other kinds of account, and after the customer was erased.</param>
/// <param name="CustomerCode">The customer's code then.</param>
public sealed record Party(long Account, AccountKind Kind, AccountCode? Code, Currency Currency, long? Customer, CustomerName? Name, CustomerCode? CustomerCode);
