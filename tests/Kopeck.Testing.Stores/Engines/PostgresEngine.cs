using Kopeck.Postgres;
using Npgsql;

namespace Kopeck.Testing.Stores.Engines;

/// <summary>PostgreSQL: each database is a copy of one that the program made once.</summary>
sealed class PostgresEngine : StoreEngine
{
    readonly Lazy<Task<string>> template = new(MakeTemplateAsync);
    int databases;

    public override async Task<TestDatabase> CreateAsync()
    {
        var server = await PostgresServer.SharedAsync();
        var name = $"store{Interlocked.Increment(ref databases)}";
        await server.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {await template.Value} OWNER {PostgresServer.User}");
        return new PostgresTestDatabase(server, name, Open(server, name));
    }

    static PostgresDatabase Open(PostgresServer server, string name) => new(new NpgsqlConnectionStringBuilder(server.ConnectionString(name)), allowUnsafeStorage: false);

    static async Task<string> MakeTemplateAsync()
    {
        var server = await PostgresServer.SharedAsync();
        var name = await server.CreateDatabaseAsync();
        await using (var database = Open(server, name))
            await database.CreateAsync(TimeProvider.System);
        return name;
    }

    sealed class PostgresTestDatabase(PostgresServer server, string name, PostgresDatabase database) : TestDatabase(database)
    {
        public override RawDatabase OpenRaw() => new PostgresRaw(server.ConnectionString(name, user: PostgresServer.Superuser));

        public override async ValueTask DisposeAsync()
        {
            await database.DisposeAsync();
            await server.ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }
}
