using System.Collections.Immutable;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Ledger.Journal;

/// <summary>What an operation decided. Its canonical JSON (see <see cref="BodyJson"/>) is hashed.</summary>
public abstract record OperationBody
{
    /// <summary>The kind of the operation.</summary>
    public abstract OperationKind Kind { get; }
}

/// <summary>A book was opened.</summary>
public sealed record BookOpened(Currency BaseCurrency, int QuoteMaxAgeDays) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.BookOpened;
}

/// <summary>A customer was registered; its id is the operation's number.</summary>
/// <param name="PersonalDigest">See <see cref="PersonalDigests"/>.</param>
public sealed record CustomerRegistered(CountryCode Country, Digest PersonalDigest) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CustomerRegistered;
}

/// <summary>A customer's values were changed: these are all its values from then on.</summary>
public sealed record CustomerChanged(long Customer, CountryCode Country, Digest PersonalDigest) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CustomerChanged;
}

/// <summary>A customer's personal values were erased.</summary>
public sealed record CustomerErased(long Customer) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CustomerErased;
}

/// <summary>An account was opened; its id is the operation's number.</summary>
public sealed record AccountOpened(AccountKind AccountKind, long? Customer, Currency Currency, AccountCode? Code, long? Floor) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.AccountOpened;
}

/// <summary>An account's debits, or all its movements, were stopped.</summary>
/// <param name="Status"><see cref="AccountStatus.DebitsFrozen"/> or <see cref="AccountStatus.Frozen"/>.</param>
public sealed record AccountFrozen(long Account, AccountStatus Status) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.AccountFrozen;
}

/// <summary>A frozen account was opened again.</summary>
public sealed record AccountUnfrozen(long Account) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.AccountUnfrozen;
}

/// <summary>An account was closed.</summary>
public sealed record AccountClosed(long Account) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.AccountClosed;
}

/// <summary>An account's floor was set, in minor units; null is none.</summary>
public sealed record FloorSet(long Account, Currency Currency, long? Floor) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.FloorSet;
}

/// <summary>A quote of a <see cref="QuotesLoaded"/>.</summary>
/// <param name="FeedBase">The feed's base, where the quote came from a feed.</param>
/// <param name="Figure">The feed's own figure.</param>
public sealed record LoadedQuote(string Currency, QuoteRate Rate, string? FeedBase = null, string? Figure = null);

/// <summary>The quotes of a date were loaded.</summary>
public sealed record QuotesLoaded(DateOnly Date, QuoteSource Source, ImmutableArray<LoadedQuote> Quotes) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.QuotesLoaded;
}

/// <summary>Money came in, went out, or moved between wallets.</summary>
/// <param name="MoneyKind">Deposit, withdrawal or transfer.</param>
/// <param name="From">The account that was debited: <c>cash</c> for a deposit.</param>
/// <param name="To">The account that was credited: <c>cash</c> for a withdrawal.</param>
/// <param name="AmountMinor">The named amount in minor units.</param>
/// <param name="Currency">The currency of the named amount.</param>
/// <param name="Exchange">How it was converted.</param>
public sealed record MoneyMoved(
    OperationKind MoneyKind, long From, long To, long AmountMinor, Currency Currency, Description? Description, Metadata? Metadata, Exchange? Exchange = null) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => MoneyKind;
}

/// <summary>One leg of a posting, in minor units of the currency of both accounts.</summary>
public readonly record struct PostedLeg(long From, long To, long AmountMinor, Currency Currency);

/// <summary>Money moved in several legs.</summary>
public sealed record Posted(ImmutableArray<PostedLeg> Legs, Description? Description, Metadata? Metadata) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.Posting;
}
