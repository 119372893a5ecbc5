using System.Collections.Concurrent;

namespace Kopeck.Testing.Stores.Engines;

/// <summary>A database engine that the tests of stores and laws run on.</summary>
public abstract class StoreEngine
{
    readonly ConcurrentDictionary<string, Lazy<Task<DatabaseImage>>> images = new(StringComparer.Ordinal);

    /// <summary>SQLite: a file in a temporary folder.</summary>
    public static StoreEngine Sqlite { get; } = new SqliteEngine();

    /// <summary>PostgreSQL: a database on a server that the tests of this process share, or on the cluster that was given.</summary>
    public static StoreEngine Postgres { get; } = CitusCluster.Given is { } cluster ? new CitusEngine(cluster) : new PostgresEngine();

    /// <summary>A new database with the tables and no book.</summary>
    public abstract Task<TestDatabase> CreateAsync();

    /// <summary>An image that is made once in this process.</summary>
    public Task<DatabaseImage> ImageAsync(string name, Func<TestDatabase, Task> fill) =>
        images.GetOrAdd(name, _ => new Lazy<Task<DatabaseImage>>(async () =>
        {
            var database = await CreateAsync();
            await fill(database);
            return await database.ToImageAsync();
        })).Value;
}
