using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Rules;

namespace Kopeck.Ledger.Kinds;

/// <summary>Movements of accounts, decided and decided again.</summary>
static class Movements
{
    /// <summary>Why an amount cannot be moved between two accounts of one currency; null when it can.</summary>
    public static Rejection? Check(Account from, Account to, long amount) =>
        AccountChecks.CheckFunds(from, -amount) ?? AccountChecks.CheckRange(from, -amount) ?? AccountChecks.CheckRange(to, amount);

    /// <summary>The movement of one account by an amount that was checked to fit.</summary>
    public static Entry Of(Account account, long amount) => new(account.Id, account.Currency, amount, account.Posted + amount);

    /// <summary>Why money could not move between two accounts as they were; null when it could.</summary>
    public static string? CheckMovable(Account from, Account to)
    {
        if (from.Id == to.Id)
            return "it moves money from an account to itself";
        if (from.Status != AccountStatus.Open)
            return $"account {from.Id} could not be debited";
        return to.Status is AccountStatus.Open or AccountStatus.DebitsFrozen ? null : $"account {to.Id} could not be credited";
    }
}
