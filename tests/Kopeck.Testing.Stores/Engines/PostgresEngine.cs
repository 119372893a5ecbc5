using Kopeck.Postgres;
using Npgsql;

namespace Kopeck.Testing.Stores.Engines;

/// <summary>
/// PostgreSQL: each database is a copy of one that the program made once. The server does not wait for the disk: what stores and laws say
/// does not depend on it, and hundreds of databases are made and dropped. That commits outlive crashes is tested on durable servers.
/// </summary>
sealed class PostgresEngine : StoreEngine
{
    static readonly Dictionary<string, string> Quick = new(StringComparer.Ordinal) { ["fsync"] = "off", ["full_page_writes"] = "off" };

    readonly Lazy<Task<PostgresServer>> server = new(() => PostgresServer.StartAsync(Quick));
    int databases;

    public override async Task<TestDatabase> CreateAsync() => Open(await server.Value, await (await server.Value).CreateLedgerAsync());

    PostgresTestDatabase Open(PostgresServer at, string name) =>
        new(this, at, name, new PostgresDatabase(new NpgsqlConnectionStringBuilder(at.ConnectionString(name)), allowUnsafeStorage: true));

    sealed class PostgresTestDatabase(
        PostgresEngine engine, PostgresServer server, string name, PostgresDatabase database) : TestDatabase(database)
    {
        public override RawDatabase OpenRaw() => new PostgresRaw(server.ConnectionString(name, user: PostgresServer.Superuser));

        public override async Task<DatabaseImage> ToImageAsync()
        {
            await database.DisposeAsync();
            // Only a database that nobody is connected to can be copied, and who is disconnected stays a moment longer.
            await server.ExecuteAsync($"UPDATE pg_database SET datallowconn = false WHERE datname = '{name}'");
            await server.ExecuteAsync($"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{name}'");
            return new Image(engine, server, name);
        }

        public override async ValueTask DisposeAsync()
        {
            await database.DisposeAsync();
            await server.ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    sealed class Image(PostgresEngine engine, PostgresServer server, string name) : DatabaseImage
    {
        public override async Task<TestDatabase> CopyAsync()
        {
            var copy = $"copy{Interlocked.Increment(ref engine.databases)}";
            await server.ExecuteAsync($"CREATE DATABASE {copy} TEMPLATE {name} OWNER {PostgresServer.User}");
            return engine.Open(server, copy);
        }
    }
}
