using System.Collections.Immutable;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Engine.Reading;

/// <summary>The key of an account's entry: the operation and the place in it.</summary>
public readonly record struct EntryKey(long Number, int Place);

/// <summary>An entry of one account with what its operation says of it, and no more: a posting has up to a thousand legs, and a page may have as many postings as entries.</summary>
/// <param name="Other">The account at the other end; of a posting, of the entry's leg.</param>
/// <param name="Amount">In minor units; negative is a debit.</param>
/// <param name="Balance">The account's balance after it, in minor units.</param>
/// <param name="Exchange">How the operation converted; null where it did not.</param>
/// <param name="ConversionEntries">All entries of the operation where it is a conversion; empty otherwise.</param>
public sealed record AccountEntry(
    long Number, int Place, Instant At, OperationKind Kind, long Other, Description? Description, long Amount, long Balance, Exchange? Exchange, ImmutableArray<Entry> ConversionEntries)
{
    /// <summary>Its key.</summary>
    public EntryKey Key => new(Number, Place);
}

/// <summary>Reads an account's entries from their rows, in order. An operation is parsed once, however many of its entries are the account's.</summary>
public sealed class AccountEntryParser(long account)
{
    long number;
    OperationBody? body;
    ImmutableArray<Entry> conversion;

    /// <summary>Whether the operation's stored parts are wanted: they are for the first of its entries.</summary>
    public bool IsNew(long of) => body is null || number != of;

    /// <summary>Begins an operation.</summary>
    public void Begin(long of, OperationKind kind, ReadOnlyMemory<byte> bytes, ReadOnlySpan<byte> entries)
    {
        number = of;
        body = BodyJson.Parse(kind, bytes);
        conversion = body is MoneyMoved { Exchange: not null } ? EntriesBlob.Parse(entries) : [];
    }

    /// <summary>An entry of the operation that was begun last.</summary>
    public AccountEntry Entry(int place, Instant at, long amount, long balance) => body switch
    {
        MoneyMoved moved => new(number, place, at, moved.Kind, moved.From == account ? moved.To : moved.From, moved.Description, amount, balance, moved.Exchange, conversion),
        // Two entries belong to each leg.
        Posted posted when posted.Legs[place / 2] is var leg => new(number, place, at, posted.Kind, place % 2 == 0 ? leg.To : leg.From, posted.Description, amount, balance, null, []),
        _ => throw new FormatException($"Operation {number} moves money, but is a {body?.Kind.Name()}"),
    };
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
