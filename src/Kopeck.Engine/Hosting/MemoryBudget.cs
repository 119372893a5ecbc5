namespace Kopeck.Engine.Hosting;

/// <summary>What all books of a node together may keep in memory between batches. Safe for concurrent use.</summary>
/// <param name="mostAccounts">How many accounts.</param>
/// <param name="mostLookups">How many keys, codes, customers and absent ids.</param>
/// <param name="makeRoom">Asks books that are idle to give back so many accounts and look-ups; false when none of them has any.</param>
sealed class MemoryBudget(int mostAccounts, int mostLookups, Func<long, long, bool> makeRoom)
{
    long accounts;
    long lookups;

    public int MostAccounts => mostAccounts;

    /// <summary>Accounts in memory, of all books.</summary>
    public long Accounts => Volatile.Read(ref accounts);

    /// <summary>Look-ups in memory, of all books.</summary>
    public long Lookups => Volatile.Read(ref lookups);

    /// <summary>A book's share, which begins with nothing.</summary>
    public MemoryShare Open() => new(this);

    internal void Add(long moreAccounts, long moreLookups)
    {
        Interlocked.Add(ref accounts, moreAccounts);
        Interlocked.Add(ref lookups, moreLookups);
    }

    /// <summary>Whether nothing has to be forgotten by who asks: there is room, or idle books make some.</summary>
    internal bool HasRoom()
    {
        var (overAccounts, overLookups) = (Accounts - mostAccounts, Lookups - mostLookups);
        return (overAccounts <= 0 && overLookups <= 0) || makeRoom(Math.Max(0, overAccounts), Math.Max(0, overLookups));
    }

    internal bool HasRoomForAccounts() => Accounts <= mostAccounts || makeRoom(Accounts - mostAccounts, 0);
}
