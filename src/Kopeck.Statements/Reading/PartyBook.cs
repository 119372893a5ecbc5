using Kopeck.Engine.Reading;
using Kopeck.Ledger.Fields;

namespace Kopeck.Statements.Reading;

/// <summary>Who the accounts belong to, as of the pin; remembered, within bounds.</summary>
sealed class PartyBook(ILedgerReader reader, BookName book, long pin)
{
    const int MaxParties = 10_000;

    readonly Dictionary<long, Party> parties = [];

    /// <summary>Looks up all of them, those that are new in one read.</summary>
    public async ValueTask LookUpAsync(HashSet<long> accounts, CancellationToken cancellationToken)
    {
        if (parties.Count > MaxParties)
            parties.Clear();
        accounts.RemoveWhere(parties.ContainsKey);
        if (accounts.Count == 0)
            return;
        foreach (var party in await reader.ReadPartiesAsync(book, accounts, pin, cancellationToken))
            parties.Add(party.Account, party);
    }

    /// <summary>One that was looked up.</summary>
    public Party this[long account] => parties[account];
}
