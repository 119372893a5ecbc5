using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>What a hold reserves is to be free again.</summary>
/// <param name="Amount">Of the account's currency; all that remains if left out.</param>
public sealed record ReleaseHold(long Hold, DecimalAmount? Amount) : HoldCommand(Hold)
{
    /// <inheritdoc/>
    public override string Name => "release";

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state)
    {
        base.WriteFingerprint(writer, state);
        writer.Add("amount", Amount);
    }

    /// <inheritdoc/>
    public override Rejection? CheckFields(Ruling on, out MinorAmounts amounts)
    {
        amounts = default;
        if (Amount is not { } amount)
            return null;
        var problem = ReadAmount("/amount", amount, on.State.FindHold(Hold), out var minor);
        amounts = new MinorAmounts(minor);
        return problem;
    }

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        if (on.State.FindHold(Hold) is not { } hold)
            return Decision.Reject(HoldChecks.NotFound(Hold));
        var amount = Amount is null ? hold.State.Remaining : amounts.One;
        if ((HoldChecks.CheckOpen(hold) ?? CheckRemaining(hold, amount)) is { } rejection)
            return Decision.Reject(rejection);
        return Decision.Of(
            new Draft(new HoldReleased(HoldChecks.Change(hold, on.State.FindAccount(hold.Account)!, hold.State.Release(amount)))));
    }

    static Rejection? CheckRemaining(Hold hold, long amount) => amount > hold.State.Remaining
        ? new Rejection(
            ErrorCode.ReleaseExceedsHold,
            $"{MoneyText.Format(hold.State.Remaining, hold.Currency.MinorUnits)} {hold.Currency.Code} of hold {hold.Id} remain: release that at the most, or name no amount")
        : null;
}
