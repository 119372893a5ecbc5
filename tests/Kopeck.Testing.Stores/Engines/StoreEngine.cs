namespace Kopeck.Testing.Stores.Engines;

/// <summary>A database engine that the tests of stores and laws run on.</summary>
public abstract class StoreEngine
{
    /// <summary>SQLite: a file in a temporary folder.</summary>
    public static StoreEngine Sqlite { get; } = new SqliteEngine();

    /// <summary>PostgreSQL: a database on the server that the tests of this process share.</summary>
    public static StoreEngine Postgres { get; } = new PostgresEngine();

    /// <summary>A new database with the tables and no book.</summary>
    public abstract Task<TestDatabase> CreateAsync();
}
