using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Ledger.Kinds;

/// <summary>An amount of an account was reserved; the hold's id is the operation's number.</summary>
/// <param name="To">The one account that captures may pay, where that was fixed.</param>
/// <param name="ToCash">Whether captures pay the outside world.</param>
/// <param name="Asked">The currency in which it was asked for.</param>
/// <param name="AskedMinor">The amount that was asked for, in minor units of that currency.</param>
/// <param name="AskedMaxMinor">How far captures may go, as it was asked.</param>
/// <param name="Exchange">How the reserve was worked out, where it was asked for in another currency than the account's.</param>
public sealed record HoldPlaced(
    HoldChange Change, long? To, bool ToCash, Currency Asked, long AskedMinor, long? AskedMaxMinor, Description? Description,
    Metadata? Metadata, Exchange? Exchange)
    : HoldBody(Change)
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.Hold;

    /// <inheritdoc/>
    public override Description? Description { get; } = Description;

    /// <inheritdoc/>
    public override Metadata? Metadata { get; } = Metadata;

    /// <inheritdoc/>
    public override Exchange? Exchange { get; } = Exchange;

    /// <summary>The hold as it was placed.</summary>
    public Hold ToHold() => new()
    {
        Id = Change.Hold,
        Account = Change.Account,
        To = To,
        ToCash = ToCash,
        Currency = Change.Currency,
        Asked = Asked,
        State = Change.After,
        Changed = Change.Hold,
    };
}
