using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>What several commands ask of holds, in the order in which they ask it; and what is asked of an operation again.</summary>
static class HoldChecks
{
    public static Rejection NotFound(long id) => new(ErrorCode.NotFound, $"There is no hold {id} in this book");

    /// <summary>A hold of which something remains.</summary>
    public static Rejection? CheckOpen(Hold hold) => hold.State.Status switch
    {
        HoldStatus.Open => null,
        HoldStatus.Expired => new Rejection(ErrorCode.HoldExpired, $"Hold {hold.Id} expired at {hold.State.ExpiresAt}: place a new one"),
        _ => new Rejection(ErrorCode.HoldClosed, $"Hold {hold.Id} was {hold.State.Status.Name()}: nothing of it remains"),
    };

    /// <summary>Whether an account can reserve more: within what is available, then within 64 bits.</summary>
    public static Rejection? CheckHeld(Account account, Int128 more) =>
        account.Held + more > long.MaxValue
            ? new Rejection(ErrorCode.Overflow, $"What account {account.Id} has reserved would leave the range of 64-bit minor units")
            : null;

    public static Rejection? CheckLimit(Int128 amount, Currency currency) => amount > AmountLimits.MaxMinor
        ? new Rejection(
            ErrorCode.Overflow,
            $"A hold is at most {MoneyText.Format(AmountLimits.MaxMinor, currency.MinorUnits)} {currency.Code}: name a smaller amount")
        : null;

    /// <summary>The change that brings a hold to a state.</summary>
    public static HoldChange Change(Hold hold, Account account, HoldState after)
    {
        var change = after.Remaining - hold.State.Remaining;
        return new HoldChange(hold.Id, account.Id, account.Currency, change, account.Held + change, after);
    }

    /// <summary>Why an operation on a hold that was there does not follow from the state before it; null when it does.</summary>
    public static string? Recheck(BookState before, Operation operation, HoldChange change, bool hasNothingDue)
    {
        if (before.FindHold(change.Hold) is not { } hold)
            return $"there is no hold {change.Hold}";
        if (before.FindAccount(change.Account) is not { } account || hold.Account != account.Id || hold.Currency != change.Currency)
            return $"hold {change.Hold} is of another account";
        if (!hold.IsOpen)
            return $"hold {change.Hold} was {hold.State.Status.Name()}";
        if (hasNothingDue && hold.State.ExpiresAt <= operation.At)
            return $"hold {change.Hold} was due to expire at {hold.State.ExpiresAt}";
        return change.Change == change.After.Remaining - hold.State.Remaining && change.Held == account.Held + change.Change
            ? null
            : "what the account has reserved does not follow";
    }
}
