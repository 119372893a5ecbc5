using System.Globalization;
using Npgsql;

namespace Kopeck.Testing;

/// <summary>
/// PostgreSQL with Citus, a coordinator and at least one worker, as KOPECK_TEST_CITUS names it: the suites run on it instead of a server of
/// their own. Its databases are copied by template on every server at once, which knows the others by what is copied.
/// </summary>
public sealed class CitusCluster
{
    const string Variable = "KOPECK_TEST_CITUS";

    const string Prefix = "kopecktest_";

    const string SettleSequences = """
        SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, coalesce(last_value, start_value), last_value IS NOT NULL)
        FROM pg_sequences
        """;

    static readonly Lazy<CitusCluster?> Named = new(() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } address ? OpenAsync(address).GetAwaiter().GetResult() : null);

    readonly Lazy<Task<string>> bare;
    readonly Lazy<Task<string>> empty;
    int databases;

    CitusCluster(IReadOnlyList<CitusServer> servers)
    {
        Servers = servers;
        bare = new Lazy<Task<string>>(MakeBareAsync);
        empty = new Lazy<Task<string>>(MakeEmptyAsync);
    }

    /// <summary>The one that was given; null for none.</summary>
    public static CitusCluster? Given => Named.Value;

    /// <summary>The password of the tests' role.</summary>
    public const string Password = "hush@/citus";

    /// <summary>The coordinator first.</summary>
    public IReadOnlyList<CitusServer> Servers { get; }

    public CitusServer Coordinator => Servers[0];

    public IEnumerable<CitusServer> Workers => Servers.Skip(1);

    /// <summary>A new database with the tables and no book, spread over the servers; its name.</summary>
    public async Task<string> CreateAsync() => await CopyAsync(await empty.Value);

    /// <summary>A new database with Citus and without tables; its name.</summary>
    public async Task<string> CreateBareAsync() => await CopyAsync(await bare.Value);

    /// <summary>A copy of a database that <see cref="FreezeAsync"/> closed; its name.</summary>
    public async Task<string> CopyAsync(string template)
    {
        var name = NewName();
        await EverywhereAsync($"CREATE DATABASE {name} TEMPLATE {template} OWNER {PostgresServer.User}");
        return name;
    }

    /// <summary>Keeps a database as it is, to be copied: nobody connects to it any more.</summary>
    public async Task FreezeAsync(string name)
    {
        // A sequence writes down ahead what it will give. A copy takes only its page, and gives numbers twice that it gave before a crash:
        // Citus could move nothing then. So that it begins with writing.
        await EverywhereAsync(SettleSequences, name);
        await EverywhereAsync($"UPDATE pg_database SET datallowconn = false WHERE datname = '{name}'");
        await EverywhereAsync($"SELECT pg_terminate_backend(pid, 10000::bigint) FROM pg_stat_activity WHERE datname = '{name}'");
    }

    public Task DropAsync(string name) => Task.WhenAll(Servers.Select(server => server.DropAsync(name)));

    /// <summary>Runs a statement as superuser on each server.</summary>
    public Task EverywhereAsync(string sql, string database = "postgres") =>
        Task.WhenAll(Servers.Select(server => server.ExecuteAsync(sql, database)));

    /// <summary>The server that a book is on.</summary>
    public async Task<CitusServer> FindAsync(string database, string book)
    {
        var name = await Coordinator.AskAsync(
            $"SELECT nodename || ':' || nodeport FROM pg_dist_placement JOIN pg_dist_node USING (groupid) WHERE shardid = get_shard_id_for_distribution_column('books', '{book}') AND noderole = 'primary'",
            database);
        return Servers.Single(server => server.Name == (string)name!);
    }

    static async Task<CitusCluster> OpenAsync(string address)
    {
        var settings = Read(address);
        var found = new List<CitusServer>();
        await using (var connection = new NpgsqlConnection(settings.ConnectionString + ";Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(
                "SELECT nodename, nodeport, groupid = 0 FROM pg_dist_node WHERE noderole = 'primary' AND isactive ORDER BY groupid", connection);
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                found.Add(new CitusServer(
                    new NpgsqlConnectionStringBuilder(settings.ConnectionString)
                    {
                        Password = settings.Password,
                        Host = rows.GetString(0),
                        Port = rows.GetInt32(1),
                    },
                    rows.GetBoolean(2)));
            }
        }

        Assert.True(
            found is [{ IsCoordinator: true }, _, ..], $"{Variable} names no coordinator that knows itself and a worker: {settings.Host}:{settings.Port}");
        var cluster = new CitusCluster(found);
        // Each server for itself: Citus would make a role on all of them, and three that do so at once are in each other's way.
        await cluster.EverywhereAsync(
            "SET citus.enable_ddl_propagation = off; "
            + $"DO $$ BEGIN CREATE ROLE {PostgresServer.User} LOGIN PASSWORD '{Password}'; "
            + "EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$");
        await cluster.SweepAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.SweepAsync(isEnding: true).GetAwaiter().GetResult();
        return cluster;
    }

    /// <summary>Reads <c>postgres://user:password@host:port/database</c>, or Npgsql's form.</summary>
    internal static NpgsqlConnectionStringBuilder Read(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !uri.Scheme.StartsWith("postgres", StringComparison.Ordinal))
            return new NpgsqlConnectionStringBuilder(address);
        var user = uri.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = uri.AbsolutePath.Length > 1 ? uri.AbsolutePath[1..] : "postgres",
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length == 2 ? Uri.UnescapeDataString(user[1]) : null,
        };
    }

    // What a test process left that was killed, and at the end its own.
    async Task SweepAsync(bool isEnding = false)
    {
        foreach (var server in Servers)
        {
            var names = (string[])(await server.AskAsync(
                $"SELECT coalesce(array_agg(datname::text), '{{}}') FROM pg_database WHERE datname LIKE '{Prefix.Replace("_", "\\_", StringComparison.Ordinal)}%'"))!;
            foreach (var name in names)
            {
                var owner = int.Parse(name[Prefix.Length..].Split('_')[0], CultureInfo.InvariantCulture);
                if (owner == Environment.ProcessId ? isEnding : !Directory.Exists($"/proc/{owner}"))
                    await server.DropAsync(name);
            }
        }
    }

    string NewName() => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}_{Interlocked.Increment(ref databases)}");

    async Task<string> MakeBareAsync()
    {
        var name = NewName();
        await EverywhereAsync($"CREATE DATABASE {name} OWNER {PostgresServer.User} TEMPLATE template0 ENCODING 'UTF8'");
        await EverywhereAsync("CREATE EXTENSION citus", name);
        await Coordinator.ExecuteAsync(
            $"SELECT citus_set_coordinator_host('{Coordinator.Host}', {Coordinator.Port.ToString(CultureInfo.InvariantCulture)})", name);
        foreach (var worker in Workers)
            await Coordinator.ExecuteAsync(
                $"SELECT citus_add_node('{worker.Host}', {worker.Port.ToString(CultureInfo.InvariantCulture)})", name);
        await FreezeAsync(name);
        return name;
    }

    async Task<string> MakeEmptyAsync()
    {
        var name = await CreateBareAsync();
        // Few shards: hundreds of databases are made.
        var address = Coordinator.ConnectionString(name, PostgresServer.User, Password) + ";Options=-c citus.shard_count=4";
        var keys = Directory.CreateTempSubdirectory("kopeck-keys-").FullName;
        Orphans.Folder(keys);
        var made = Shell.Try(
            Shell.Kopeck, null, ["db", "create", "--distributed"],
            new Dictionary<string, string> { ["KOPECK_DATABASE"] = address, ["KOPECK_KEYS"] = keys, ["KOPECK_ALLOW_UNSAFE_STORAGE"] = "true" });
        Assert.True(made.ExitCode == 0, made.Output + made.Errors);
        await FreezeAsync(name);
        return name;
    }
}
