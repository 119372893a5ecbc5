using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>A command on one hold that is there. Holds of internal accounts are for administrators.</summary>
/// <param name="Hold">The hold's id.</param>
public abstract record HoldCommand(long Hold) : MoneyCommand
{
    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Transfer;

    /// <inheritdoc/>
    public override Scopes ScopeOn(BookState state) =>
        Scope | (
            state.FindHold(Hold) is { } hold && state.FindAccount(hold.Account)?.Kind == AccountKind.Internal ? Scopes.Admin : Scopes.None);

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs) => needs.Holds.Add(Hold);

    /// <inheritdoc/>
    public override void CollectReached(BookState state, Needs needs)
    {
        if (state.FindHold(Hold) is not { } hold)
            return;
        needs.Accounts.Add(hold.Account);
        if (hold.To is { } to)
            needs.Accounts.Add(to);
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state)
    {
        writer.Add("hold", Hold);
        base.WriteFingerprint(writer, state);
    }

    /// <summary>An amount of the hold's own currency.</summary>
    private protected static Rejection? ReadAmount(string pointer, DecimalAmount amount, Hold? hold, out long minor) =>
        AmountFields.Read(pointer, amount, hold?.Currency, out minor) is { } problem ? Rejection.InvalidFields(problem) : null;
}
