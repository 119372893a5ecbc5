using System.Collections.Immutable;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Commands;

/// <summary>A command that moves money: it needs an idempotency key.</summary>
public abstract record MoneyCommand : Command
{
    /// <summary>What it was for.</summary>
    public Description? Description { get; init; }

    /// <summary>A JSON object of the caller's own, compact.</summary>
    public Metadata? Metadata { get; init; }

    /// <inheritdoc/>
    public override bool NeedsKey => true;
}

/// <summary>Money comes in from outside to a wallet or an internal account.</summary>
/// <param name="Currency">If given, the account's.</param>
public sealed record Deposit(long Wallet, DecimalAmount Amount, Currency? Currency) : MoneyCommand
{
    /// <inheritdoc/>
    public override string Name => "deposit";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Cash;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs) => needs.Accounts.Add(Wallet);

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer) =>
        writer.Add(Wallet).Add(Amount.Canonical).Add(Currency?.Code).Add(Description?.Value).Add(Metadata?.Value);
}

/// <summary>Money goes out from a wallet or an internal account.</summary>
/// <param name="Currency">If given, the account's.</param>
public sealed record Withdraw(long Wallet, DecimalAmount Amount, Currency? Currency) : MoneyCommand
{
    /// <inheritdoc/>
    public override string Name => "withdrawal";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Cash;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs) => needs.Accounts.Add(Wallet);

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer) =>
        writer.Add(Wallet).Add(Amount.Canonical).Add(Currency?.Code).Add(Description?.Value).Add(Metadata?.Value);
}

/// <summary>Money moves between two wallets.</summary>
/// <param name="Currency">The sender's or the receiver's: the side that is exact. The sender's if left out.</param>
public sealed record TransferMoney(long From, long To, DecimalAmount Amount, Currency? Currency) : MoneyCommand
{
    /// <inheritdoc/>
    public override string Name => "transfer";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Transfer;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs)
    {
        needs.Accounts.Add(From);
        needs.Accounts.Add(To);
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer) =>
        writer.Add(From).Add(To).Add(Amount.Canonical).Add(Currency?.Code).Add(Description?.Value).Add(Metadata?.Value);
}

/// <summary>One leg of a posting.</summary>
public readonly record struct Leg(long From, long To, DecimalAmount Amount);

/// <summary>Money moves in several legs, judged on the whole.</summary>
/// <param name="Legs">1 to <see cref="MaxLegs"/>.</param>
public sealed record PostLegs(ImmutableArray<Leg> Legs) : MoneyCommand
{
    /// <summary>The most legs of a posting.</summary>
    public const int MaxLegs = 1_000;

    /// <inheritdoc/>
    public override string Name => "posting";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Admin;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs)
    {
        foreach (var leg in Legs)
        {
            needs.Accounts.Add(leg.From);
            needs.Accounts.Add(leg.To);
        }
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer)
    {
        writer.Add(Legs.Length);
        foreach (var leg in Legs)
            writer.Add(leg.From).Add(leg.To).Add(leg.Amount.Canonical);
        writer.Add(Description?.Value).Add(Metadata?.Value);
    }
}
