namespace Kopeck.Testing;

/// <summary>A PostgreSQL database with tables, and a folder for the first keys.</summary>
public sealed class PostgresPlace : ILedgerPlace, IDisposable
{
    PostgresPlace(string setting) => Setting = setting;

    public string Setting { get; }

    public string Keys { get; } = Directory.CreateTempSubdirectory("kopeck-keys-").FullName;

    /// <summary>A new database on the server that the tests of this process share.</summary>
    public static async Task<PostgresPlace> CreateAsync() => await CreateAsync(await PostgresServer.SharedAsync());

    /// <summary>A new database on a server.</summary>
    public static async Task<PostgresPlace> CreateAsync(PostgresServer server) => Create(server.Address(await server.CreateDatabaseAsync()));

    /// <summary>Makes the tables in a database that is there.</summary>
    public static PostgresPlace Create(string setting)
    {
        var place = new PostgresPlace(setting);
        var made = Ledgers.Kopeck(place, "db", "create");
        Assert.True(made.ExitCode == 0, made.Output + made.Errors);
        return place;
    }

    /// <summary>The same ledger by another way, for example through a proxy.</summary>
    public Through Via(string setting) => new(setting, Keys);

    public void Dispose() => Directory.Delete(Keys, recursive: true);

    /// <summary>A ledger by another way.</summary>
    public sealed record Through(string Setting, string Keys) : ILedgerPlace;
}
