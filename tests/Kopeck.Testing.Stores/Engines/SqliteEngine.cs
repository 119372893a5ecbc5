using Kopeck.Sqlite;

namespace Kopeck.Testing.Stores.Engines;

/// <summary>SQLite: each database is a file in a folder of its own.</summary>
sealed class SqliteEngine : StoreEngine
{
    public override async Task<TestDatabase> CreateAsync()
    {
        var database = new SqliteLedgerDatabase(Path.Combine(Directory.CreateTempSubdirectory("kopeck-stores-").FullName, "test.db"));
        await database.CreateAsync(TimeProvider.System);
        return new SqliteTestDatabase(database);
    }

    sealed class SqliteTestDatabase(SqliteLedgerDatabase database) : TestDatabase(database)
    {
        public override RawDatabase OpenRaw() => new SqliteRaw(database.Path);

        public override async ValueTask DisposeAsync()
        {
            await database.DisposeAsync();
            Directory.Delete(Path.GetDirectoryName(database.Path)!, recursive: true);
        }
    }
}
