using Kopeck.Engine.Storage;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;
using Kopeck.Sqlite;
using Kopeck.Sqlite.Verification;

namespace Kopeck.Testing.Stores.Engines;

/// <summary>SQLite: each database is a file in a folder of its own.</summary>
sealed class SqliteEngine : StoreEngine
{
    public override Task<TestDatabase> CreateAsync() => Task.FromResult<TestDatabase>(new SqliteTestDatabase());

    sealed class SqliteTestDatabase : TestDatabase
    {
        readonly string folder = Directory.CreateTempSubdirectory("kopeck-stores-").FullName;
        readonly string path;

        public SqliteTestDatabase()
        {
            path = Path.Combine(folder, "test.db");
            SqliteDatabase.Create(path, TimeProvider.System);
        }

        public override ILedgerStore OpenStore() => new SqliteStore(path);

        public override IVerificationStore OpenVerification() => new SqliteVerificationStore(path);

        public override VerificationResult Rebuild(BookName book) => SqliteRebuild.Rebuild(path, book, null);

        public override RawDatabase OpenRaw() => new SqliteRaw(path);

        public override ValueTask DisposeAsync()
        {
            Directory.Delete(folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
