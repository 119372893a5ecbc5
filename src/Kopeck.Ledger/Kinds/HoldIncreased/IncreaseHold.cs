using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>More is to be reserved by a hold.</summary>
/// <param name="Amount">Of the account's currency: by how much, or the new total.</param>
/// <param name="IsTotal">Whether the amount is the new total.</param>
/// <param name="MaxAmount">How far captures may go from then on; if left out, as far as before, and no less than the new total.</param>
public sealed record IncreaseHold(long Hold, DecimalAmount Amount, bool IsTotal, DecimalAmount? MaxAmount) : HoldCommand(Hold)
{
    /// <inheritdoc/>
    public override string Name => "increase";

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state)
    {
        base.WriteFingerprint(writer, state);
        writer.Add(IsTotal ? "amount" : "by", Amount).Add("maxAmount", MaxAmount);
    }

    /// <inheritdoc/>
    public override Rejection? CheckFields(Ruling on, out MinorAmounts amounts)
    {
        amounts = default;
        var hold = on.State.FindHold(Hold);
        long most = 0;
        var wrong = ReadAmount(IsTotal ? "/amount" : "/by", Amount, hold, out var minor)
            ?? (MaxAmount is { } max ? ReadAmount("/maxAmount", max, hold, out most) : null);
        if (wrong is { } problem)
            return problem;
        amounts = new MinorAmounts(minor) { Each = MaxAmount is null ? [] : [most] };
        return null;
    }

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        if (on.State.FindHold(Hold) is not { } hold)
            return Decision.Reject(HoldChecks.NotFound(Hold));
        var account = on.State.FindAccount(hold.Account)!;
        var by = IsTotal ? amounts.One - hold.State.Authorised : amounts.One;
        long? max = amounts.Each.IsEmpty ? null : amounts.Each[0];
        var total = (Int128)hold.State.Authorised + by;
        if ((CheckAmounts(hold, by, max, total)
            ?? HoldChecks.CheckOpen(hold)
            ?? AccountChecks.CheckDebitable(account)
            ?? AccountChecks.CheckFunds(account, -by)
            ?? HoldChecks.CheckLimit(total, account.Currency)
            ?? HoldChecks.CheckHeld(account, by)) is { } rejection)
            return Decision.Reject(rejection);
        return Decision.Of(new Draft(new HoldIncreased(HoldChecks.Change(hold, account, hold.State.Increase(by, max)))));
    }

    static Rejection? CheckAmounts(Hold hold, long by, long? max, Int128 total)
    {
        var authorised = MoneyText.Format(hold.State.Authorised, hold.Currency.MinorUnits);
        if (by <= 0)
            return Rejection.InvalidFields(
                new FieldProblem(
                    "/amount", "not_more", $"{authorised} {hold.Currency.Code} are authorised already: name more, or release"));
        return max < total
            ? Rejection.InvalidFields(
                new FieldProblem(
                    "/maxAmount", "less_than_amount",
                    "The most that captures may take is at least the new total: name more, or leave it out"))
            : null;
    }
}
