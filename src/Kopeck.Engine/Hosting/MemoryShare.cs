namespace Kopeck.Engine.Hosting;

/// <summary>What one book has of a node's memory. Written by its executor alone.</summary>
sealed class MemoryShare(MemoryBudget budget)
{
    int accounts;
    int lookups;

    public int MostAccounts => budget.MostAccounts;

    public int Accounts => Volatile.Read(ref accounts);

    public int Lookups => Volatile.Read(ref lookups);

    /// <summary>Notes what the book has, and whether it may keep it.</summary>
    public bool HasRoom(int knownAccounts, int knownLookups)
    {
        Report(knownAccounts, knownLookups);
        return budget.HasRoom();
    }

    /// <summary>The same for accounts alone.</summary>
    public bool HasRoomForAccounts(int knownAccounts)
    {
        Report(knownAccounts, lookups);
        return budget.HasRoomForAccounts();
    }

    /// <summary>Notes what the book has.</summary>
    public void Report(int knownAccounts, int knownLookups)
    {
        budget.Add(knownAccounts - accounts, knownLookups - lookups);
        Volatile.Write(ref accounts, knownAccounts);
        Volatile.Write(ref lookups, knownLookups);
    }

    /// <summary>The book has nothing any more.</summary>
    public void Release() => Report(0, 0);
}
