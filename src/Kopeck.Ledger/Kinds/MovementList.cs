using System.Collections.Immutable;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Rules;

namespace Kopeck.Ledger.Kinds;

/// <summary>The movements of one operation, in which an account may move several times.</summary>
sealed class MovementList
{
    readonly ImmutableArray<Entry>.Builder entries = ImmutableArray.CreateBuilder<Entry>();
    readonly Dictionary<long, Account> moved = [];

    /// <summary>The first movement that would leave 64 bits.</summary>
    public Rejection? Problem { get; private set; }

    /// <param name="account">As it was before the operation.</param>
    public void Add(Account account, long amount)
    {
        var now = moved.GetValueOrDefault(account.Id, account);
        Problem ??= AccountChecks.CheckRange(now, amount);
        if (Problem is not null)
            return;
        var entry = Movements.Of(now, amount);
        entries.Add(entry);
        moved[account.Id] = now with { Posted = entry.Balance };
    }

    public ImmutableArray<Entry> ToEntries() => entries.ToImmutable();
}
