using Kopeck.Postgres;
using Npgsql;

namespace Kopeck.Testing.Stores.Engines;

/// <summary>PostgreSQL with Citus: each database is a copy, on every server, of one that the program made and spread once.</summary>
sealed class CitusEngine(CitusCluster cluster) : StoreEngine
{
    public override async Task<TestDatabase> CreateAsync() => Open(await cluster.CreateAsync());

    CitusTestDatabase Open(string name) =>
        new(
            this, name,
            new PostgresDatabase(
                new NpgsqlConnectionStringBuilder(
                    cluster.Coordinator.ConnectionString(name, PostgresServer.User, CitusCluster.Password)), allowUnsafeStorage: true));

    sealed class CitusTestDatabase(CitusEngine engine, string name, PostgresDatabase database) : TestDatabase(database)
    {
        readonly CitusCluster cluster = engine.cluster;

        public override RawDatabase OpenRaw() => new PostgresRaw(cluster.Coordinator.ConnectionString(name));

        public override async Task<DatabaseImage> ToImageAsync()
        {
            await database.DisposeAsync();
            await cluster.FreezeAsync(name);
            return new Image(engine, name);
        }

        public override async ValueTask DisposeAsync()
        {
            await database.DisposeAsync();
            await cluster.DropAsync(name);
        }
    }

    sealed class Image(CitusEngine engine, string name) : DatabaseImage
    {
        public override async Task<TestDatabase> CopyAsync() => engine.Open(await engine.cluster.CopyAsync(name));
    }

    readonly CitusCluster cluster = cluster;
}
