using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>A change of one account that is there, without entries.</summary>
public abstract record AccountBody(long Account) : OperationBody
{
    /// <summary>Why an operation could not name the account; null when it could.</summary>
    internal string? Recheck(BookState before) => before.FindAccount(Account) switch
    {
        null => $"there is no account {Account}",
        { IsSystem: true } => $"account {Account} is the ledger's own",
        { Status: AccountStatus.Closed } => $"account {Account} is closed",
        _ => null,
    };
}
