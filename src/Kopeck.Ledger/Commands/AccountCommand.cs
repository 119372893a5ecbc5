using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Commands;

/// <summary>A command on one account that exists, by an administrator.</summary>
public abstract record AccountCommand(long Account) : Command
{
    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Admin;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs) => needs.Accounts.Add(Account);

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state) => writer.Add("account", Account);

    /// <summary>It is so already.</summary>
    protected Rules.Decision Unchanged => Rules.Decision.Unchanged(Touched.Account(Account));

    /// <summary>The account, unless it does not exist or is the ledger's own.</summary>
    private protected Rejection? Find(BookState state, out Account account)
    {
        account = state.FindAccount(Account)!;
        if (account is null)
            return new Rejection(ErrorCode.NotFound, $"There is no account {Account} in this book");
        return account.IsSystem ? new Rejection(ErrorCode.SystemAccount, $"Account {Account} is the ledger's own") : null;
    }
}
