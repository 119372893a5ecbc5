namespace Kopeck.Testing;

/// <summary>A PostgreSQL database with tables, and a folder for the first keys.</summary>
public sealed class PostgresPlace : ILedgerPlace
{
    PostgresPlace(string database, string setting)
    {
        Database = database;
        Setting = setting;
    }

    /// <summary>The database's name.</summary>
    public string Database { get; }

    public string Setting { get; }

    public string Keys { get; } = Directory.CreateTempSubdirectory("kopeck-keys-").FullName;

    /// <summary>A new database on the server that the tests of this process share.</summary>
    public static async Task<PostgresPlace> CreateAsync() => await CreateAsync(await PostgresServer.SharedAsync());

    /// <summary>A new database on a server.</summary>
    public static async Task<PostgresPlace> CreateAsync(PostgresServer server)
    {
        var database = await server.CreateLedgerAsync();
        return new PostgresPlace(database, server.Address(database));
    }

    /// <summary>A database that is there, with whatever is in it.</summary>
    public static PostgresPlace At(string database, string setting) => new(database, setting);

    /// <summary>Makes the tables in a database that is there.</summary>
    public static PostgresPlace Create(string database, string setting)
    {
        var place = new PostgresPlace(database, setting);
        var made = Ledgers.Kopeck(place, "db", "create");
        Assert.True(made.ExitCode == 0, made.Output + made.Errors);
        return place;
    }

    /// <summary>
    /// The same ledger by another way, for example through a proxy. On a cluster all of it goes by that way: every server is said to be
    /// there. Of several hosts none is the way, and servers are reached as they know each other.
    /// </summary>
    public ILedgerPlace Via(string setting) => new Way(setting, Keys) { ServerNames = NamesVia(setting) };

    static string NamesVia(string setting)
    {
        if (CitusCluster.Given is not { } cluster)
            return "";
        var way = CitusCluster.Read(setting);
        return way.Host!.Contains(',', StringComparison.Ordinal)
            ? ""
            : string.Join(',', cluster.Servers.Select(server => $"{server.Name}={way.Host}:{way.Port}"));
    }

    public void Dispose() => Directory.Delete(Keys, recursive: true);

    sealed record Way(string Setting, string Keys) : ILedgerPlace
    {
        public string ServerNames { get; init; } = "";

        public void Dispose()
        {
            // The place itself is another's.
        }
    }
}
