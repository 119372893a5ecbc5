using Kopeck.Sqlite;

namespace Kopeck.Testing.Stores.Engines;

/// <summary>SQLite: each database is a file in a folder of its own.</summary>
sealed class SqliteEngine : StoreEngine
{
    public override async Task<TestDatabase> CreateAsync()
    {
        var database = new SqliteLedgerDatabase(NewPath());
        await database.CreateAsync(TimeProvider.System);
        return new SqliteTestDatabase(database);
    }

    static string NewPath()
    {
        var folder = Directory.CreateTempSubdirectory("kopeck-stores-").FullName;
        Orphans.Folder(folder);
        return Path.Combine(folder, "test.db");
    }

    sealed class SqliteTestDatabase(SqliteLedgerDatabase database) : TestDatabase(database)
    {
        public override RawDatabase OpenRaw() => new SqliteRaw(database.Path);

        public override async Task<DatabaseImage> ToImageAsync()
        {
            await database.DisposeAsync();
            using var raw = OpenRaw();
            raw.Run("PRAGMA wal_checkpoint(TRUNCATE)");
            return new Image(database.Path);
        }

        public override async ValueTask DisposeAsync()
        {
            await database.DisposeAsync();
            Directory.Delete(Path.GetDirectoryName(database.Path)!, recursive: true);
        }
    }

    sealed class Image(string path) : DatabaseImage
    {
        public override Task<TestDatabase> CopyAsync()
        {
            var copy = NewPath();
            File.Copy(path, copy);
            return Task.FromResult<TestDatabase>(new SqliteTestDatabase(new SqliteLedgerDatabase(copy)));
        }
    }
}
