using System.Collections.Immutable;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>A group in the making: opens system accounts at first use, knows the numbers to come.</summary>
sealed class GroupDraft(BookState state)
{
    readonly ImmutableArray<Draft>.Builder drafts = ImmutableArray.CreateBuilder<Draft>();
    readonly List<Account> opened = [];

    public long NextNumber => state.Head.Number + drafts.Count + 1;

    public Account SystemAccount(AccountKind kind, Currency currency)
    {
        if ((state.FindSystemAccount(kind, currency) ?? opened.Find(other => other.Kind == kind && other.Currency == currency))
            is { } account)
            return account;
        account = new Account { Id = NextNumber, Kind = kind, Currency = currency };
        opened.Add(account);
        drafts.Add(new Draft(AccountOpened.System(kind, currency)));
        return account;
    }

    public Decision Finish(Draft last)
    {
        drafts.Add(last);
        return Decision.Of(drafts.ToImmutable());
    }
}
