using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Commands;

/// <summary>Opens a wallet for a customer.</summary>
public sealed record OpenWallet(long Customer, Currency Currency, AccountCode? Code) : Command
{
    /// <inheritdoc/>
    public override string Name => "open_wallet";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Transfer;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs)
    {
        needs.Customers.Add(Customer);
        if (Code is { } code)
            needs.AccountCodes.Add(code);
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer) => writer.Add(Customer).Add(Currency.Code).Add(Code?.Value);
}

/// <summary>Opens an account of the operator's own.</summary>
/// <param name="FloorMinor">The lowest balance in minor units; null is none.</param>
public sealed record OpenInternalAccount(AccountCode Code, Currency Currency, long? FloorMinor) : Command
{
    /// <inheritdoc/>
    public override string Name => "open_account";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Admin;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs) => needs.AccountCodes.Add(Code);

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer) => writer.Add(Code.Value).Add(Currency.Code).Add(FloorMinor);
}

/// <summary>A command on one account that exists.</summary>
public abstract record AccountCommand(long Account) : Command
{
    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Admin;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs) => needs.Accounts.Add(Account);

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer) => writer.Add(Account);
}

/// <summary>Stops an account's debits, or all its movements.</summary>
/// <param name="Status"><see cref="AccountStatus.DebitsFrozen"/> or <see cref="AccountStatus.Frozen"/>.</param>
public sealed record FreezeAccount(long Account, AccountStatus Status) : AccountCommand(Account)
{
    /// <inheritdoc/>
    public override string Name => "freeze_account";

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer) => writer.Add(Account).Add((long)Status);
}

/// <summary>Opens a frozen account again.</summary>
public sealed record UnfreezeAccount(long Account) : AccountCommand(Account)
{
    /// <inheritdoc/>
    public override string Name => "unfreeze_account";
}

/// <summary>Closes an account at zero for ever.</summary>
public sealed record CloseAccount(long Account) : AccountCommand(Account)
{
    /// <inheritdoc/>
    public override string Name => "close_account";
}

/// <summary>Sets the lowest balance of an account; null is none.</summary>
public sealed record SetFloor(long Account, DecimalAmount? Floor) : AccountCommand(Account)
{
    /// <inheritdoc/>
    public override string Name => "set_floor";

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer) => writer.Add(Account).Add(Floor?.Canonical);
}
