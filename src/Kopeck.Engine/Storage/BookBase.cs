using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Engine.Storage;

/// <summary>What the executor keeps in memory of every book.</summary>
/// <param name="SystemAccounts">All cash and exchange accounts.</param>
/// <param name="Quotes">For each currency: all dates from the one in force at the head's instant on, the newest revision of each.</param>
public sealed record BookBase(BookRow Row, IReadOnlyList<Account> SystemAccounts, IReadOnlyList<Quote> Quotes);
