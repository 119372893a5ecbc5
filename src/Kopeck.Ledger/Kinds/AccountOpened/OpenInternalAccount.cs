using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

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
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state) =>
        writer.Add("code", Code.Value).Add("currency", Currency.Code).Add("floorMinor", FloorMinor);

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        if (on.State.FindAccountByCode(Code) is not null)
            return AccountOpened.CodeTaken(Code);
        if (FloorMinor > 0)
            return Decision.Reject(ErrorCode.InsufficientFunds, "A new account is at zero: set a floor above it once it has funds");
        return Decision.Of(new Draft(new AccountOpened(AccountKind.Internal, null, Currency, Code, FloorMinor)));
    }
}
