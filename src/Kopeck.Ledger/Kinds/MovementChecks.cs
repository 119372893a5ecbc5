using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>The entries of a leg, looked at again.</summary>
static class MovementChecks
{
    /// <summary>
    /// Takes the entries of one leg from the front of those that are left: two, or four through the exchange accounts; sides of nothing
    /// have none.
    /// </summary>
    public static bool TryTake(ref ReadOnlySpan<Entry> entries, BookState before, Account from, Account to, long taken, long given)
    {
        if (from.Currency == to.Currency)
            return taken == given && TryTake(ref entries, from, -taken) && TryTake(ref entries, to, given);
        if (before.FindSystemAccount(AccountKind.Exchange, from.Currency) is not { } exchangeIn
            || before.FindSystemAccount(AccountKind.Exchange, to.Currency) is not { } exchangeOut)
            return false;
        return (taken == 0 || (TryTake(ref entries, from, -taken) && TryTake(ref entries, exchangeIn, taken)))
            && (given == 0 || (TryTake(ref entries, exchangeOut, -given) && TryTake(ref entries, to, given)));
    }

    static bool TryTake(ref ReadOnlySpan<Entry> entries, Account account, long amount)
    {
        if (entries.IsEmpty || entries[0].Account != account.Id || entries[0].Currency != account.Currency || entries[0].Amount != amount)
            return false;
        entries = entries[1..];
        return true;
    }
}
