namespace Kopeck.Testing;

/// <summary>Where a ledger is kept, on whichever engine.</summary>
public interface ILedgerPlace : IDisposable
{
    /// <summary>As <c>KOPECK_DATABASE</c> takes it.</summary>
    string Setting { get; }

    /// <summary>As <c>KOPECK_SERVER_NAMES</c> takes them.</summary>
    string ServerNames => "";

    /// <summary>The folder of the first keys.</summary>
    string Keys { get; }

    /// <summary>A new ledger on an engine.</summary>
    static async Task<ILedgerPlace> NewAsync(StorageEngine engine) =>
        engine == StorageEngine.Sqlite ? new Folder() : await PostgresPlace.CreateAsync();
}

/// <summary>What keeps a ledger.</summary>
public enum StorageEngine
{
    Sqlite,
    Postgres,
}
