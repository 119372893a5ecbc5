using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>Sets the lowest balance of an account; null is none.</summary>
public sealed record SetFloor(long Account, DecimalAmount? Floor) : AccountCommand(Account)
{
    /// <inheritdoc/>
    public override string Name => "set_floor";

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state)
    {
        base.WriteFingerprint(writer, state);
        writer.Add("floor", Floor);
    }

    /// <inheritdoc/>
    public override Rejection? CheckFields(Ruling on, out MinorAmounts amounts)
    {
        amounts = default;
        if (Floor is not { } floor || on.State.FindAccount(Account) is not { } account)
            return null;
        if (!floor.TryToMinor(account.Currency, out var minor, out var error))
            return Rejection.InvalidFields(new FieldProblem("/floor", error));
        amounts = new MinorAmounts(minor);
        return null;
    }

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        if ((Find(on.State, out var account) ?? AccountChecks.CheckOpen(account)) is { } rejection)
            return Decision.Reject(rejection);
        long? floor = Floor is null ? null : amounts.One;
        if (floor == account.Floor)
            return Unchanged;
        if (floor > account.Free)
        {
            var free = MoneyText.Format(account.Free, account.Currency.MinorUnits);
            return Decision.Reject(
                ErrorCode.InsufficientFunds, $"Account {account.Id} has {free} {account.Currency.Code}, less than the floor");
        }

        return Decision.Of(new Draft(new FloorSet(account.Id, account.Currency, floor)));
    }
}
