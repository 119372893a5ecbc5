using System.Net;
using System.Net.Sockets;
using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>What a server says when its database is not fit for it, and that it ends then.</summary>
public sealed class StartUpTests
{
    const int Unavailable = 3, Usage = 2;

    [Fact]
    public async Task A_database_that_is_absent_is_named_with_the_command_that_makes_it()
    {
        var server = await PostgresServer.SharedAsync();
        AssertRefused(server, server.Address("absent"), Unavailable, "no such database", "kopeck db create");
    }

    [Fact]
    public async Task A_database_that_is_absent_is_made_by_the_command_when_the_user_may()
    {
        await using var server = await PostgresServer.StartAsync();
        using var place = new At(server.Address("made"));
        var refused = Ledgers.Kopeck(place, "db", "create");
        Assert.Equal(Unavailable, refused.ExitCode);
        AssertSaysNoPassword(server, refused);
        await server.ExecuteAsync($"ALTER ROLE {PostgresServer.User} CREATEDB");
        Assert.Equal(0, Ledgers.Kopeck(place, "db", "create").ExitCode);
        Assert.Equal(0, Ledgers.Kopeck(place, "db", "info").ExitCode);
    }

    [Fact]
    public async Task A_server_that_is_absent_is_said_to_be_out_of_reach()
    {
        var server = await PostgresServer.SharedAsync();
        AssertRefused(server, server.Address("ledger", FreePorts.Take()), Unavailable, "cannot be reached", "refuses connections");
    }

    [Fact]
    public void A_host_whose_name_leads_nowhere_is_said_to() =>
        AssertOneLine("postgres://user@no-such-host.invalid/ledger", "PostgreSQL cannot be reached", "name leads nowhere");

    [Theory]
    [InlineData(false, "did not answer in time")]
    [InlineData(true, "was ended")]
    public async Task What_takes_a_connection_and_is_no_server_is_said_to_be_silent_or_to_have_ended_it(bool isCut, string says)
    {
        using var listener = new TcpListener(IPAddress.Loopback, FreePorts.Take());
        listener.Start();
        var taking = TakeAsync();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        AssertOneLine($"Host=127.0.0.1;Port={port};Database=ledger;Username=user;SSL Mode=Disable;Timeout=1", "PostgreSQL", says);
        listener.Stop();
        foreach (var taken in await taking)
            taken.Dispose();

        async Task<List<Socket>> TakeAsync()
        {
            var all = new List<Socket>();
            try
            {
                while (true)
                {
                    all.Add(await listener.AcceptSocketAsync(TestContext.Current.CancellationToken));
                    if (isCut)
                        all[^1].Close(0);
                }
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
                return all;
            }
        }
    }

    [Fact]
    public async Task An_empty_database_is_refused_with_the_command_that_makes_the_tables_which_succeeds_twice()
    {
        var server = await PostgresServer.SharedAsync();
        using var place = new At(server.Address(await server.CreateDatabaseAsync()));
        AssertRefused(server, place.Setting, Unavailable, "has no tables", "kopeck db create");
        for (var time = 0; time < 2; time++)
            Assert.Equal(0, Ledgers.Kopeck(place, "db", "create").ExitCode);
        await using var serving = await Server.StartAsync(place);
        Assert.Equal(200, (await serving.GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task A_database_of_another_program_is_left_alone()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.ExecuteAsync("CREATE TABLE theirs (a int)", database);
        await server.ExecuteAsync($"GRANT CREATE ON SCHEMA public TO {PostgresServer.User}", database);
        AssertRefused(server, server.Address(database), Unavailable, "tables of another program");
        using var place = new At(server.Address(database));
        Assert.Equal(Unavailable, Ledgers.Kopeck(place, "db", "create").ExitCode);
        Assert.Equal(1L, await server.AskAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database));
    }

    [Theory]
    [InlineData("CREATE TABLE schema_migrations (version varchar NOT NULL PRIMARY KEY)")]
    [InlineData("CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL)")]
    [InlineData("CREATE TABLE schema_migrations (version integer NOT NULL PRIMARY KEY, name varchar(100) NOT NULL)")]
    [InlineData("CREATE VIEW schema_migrations AS SELECT 1 AS version, 'first'::varchar AS name, 0::bigint AS applied_at")]
    public async Task Another_programs_table_of_migrations_is_not_taken_for_the_ledgers(string theirs)
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.ExecuteAsync(theirs, database);
        await server.ExecuteAsync($"GRANT CREATE ON SCHEMA public TO {PostgresServer.User}", database);
        AssertRefused(server, server.Address(database), Unavailable, "tables of another program");
        using var place = new At(server.Address(database));
        foreach (var command in new[] { new[] { "db", "info" }, ["db", "create"], ["db", "migrate"], ["db", "drop", "--yes"], ["verify"] })
        {
            var refused = Ledgers.Kopeck(place, command);
            Assert.True(
                refused.ExitCode == Unavailable, $"{string.Join(' ', command)}: {refused.ExitCode}: {refused.Output}{refused.Errors}");
            Assert.Contains("tables of another program", Assert.Single(refused.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        }

        Assert.Equal(
            1L,
            await server.AskAsync(
                "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')", database));
    }

    [Theory]
    [InlineData("LATIN1")]
    [InlineData("WIN1252")]
    public async Task A_database_that_does_not_keep_text_in_UTF_8_is_refused_in_one_line(string encoding)
    {
        var server = await PostgresServer.SharedAsync();
        var database = "text_" + encoding;
        await server.ExecuteAsync(
            $"CREATE DATABASE \"{database}\" OWNER {PostgresServer.User} TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'");
        var refused = AssertRefused(server, server.Address(database), Unavailable, encoding, "UTF8");
        Assert.Single(refused.Errors.TrimEnd().Split('\n'));
        using var place = new At(server.Address(database));
        var create = Ledgers.Kopeck(place, "db", "create");
        Assert.Equal(Unavailable, create.ExitCode);
        Assert.Contains("UTF8", Assert.Single(create.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(0L, await server.AskAsync("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace", database));
    }

    [Theory]
    [InlineData("INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (9999, 'later', sha256('later'), 0)", "newer")]
    [InlineData("UPDATE schema_migrations SET checksum = sha256('earlier')", "unreleased version")]
    [InlineData("ALTER TABLE schema_migrations DROP COLUMN checksum", "unreleased version")]
    [InlineData("DELETE FROM schema_migrations", "kopeck db")]
    public async Task A_database_of_another_version_is_refused(string change, string says)
    {
        var server = await PostgresServer.SharedAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        await server.ExecuteAsync(change, place.Database);
        AssertRefused(server, place.Setting, Unavailable, says);
    }

    [Theory]
    [InlineData("postgres://user:{0}@127.0.0.1:port/db", "KOPECK_DATABASE")]
    [InlineData("postgres://user:{0}@127.0.0.1:5432/db?no_such_setting=1", "KOPECK_DATABASE")]
    [InlineData("Host=127.0.0.1;Password='{0}';Nonsense=1", "KOPECK_DATABASE")]
    [InlineData("Host=127.0.0.1;Password='{0}", "KOPECK_DATABASE")]
    [InlineData("postgres://user:{0}@127.0.0.1:5432/", "names no database")]
    [InlineData("Host=127.0.0.1;Database=db;Password='{0}';Multiplexing=true", "Multiplexing must be off")]
    [InlineData("postgres://user:{0}@127.0.0.1:5432/db?multiplexing=true", "Multiplexing must be off")]
    [InlineData("Host=127.0.0.1;Database=db;Password='{0}';Client Encoding=LATIN1", "Client Encoding must be UTF8")]
    [InlineData("Host=127.0.0.1,127.0.0.2;Database=db;Password='{0}';Target Session Attributes=any", "must be primary or read-write")]
    [InlineData("Host=127.0.0.1,127.0.0.2;Database=db;Password='{0}';Target Session Attributes=standby", "must be primary or read-write")]
    [InlineData("postgres://user:{0}@127.0.0.1,127.0.0.2/db?target_session_attrs=prefer-standby", "must be primary or read-write")]
    [InlineData("postgres://user:{0}@127.0.0.1,127.0.0.2/db?target_session_attrs=read-only", "must be primary or read-write")]
    [InlineData("mysql://user:{0}@127.0.0.1:5432/db", "KOPECK_DATABASE")]
    public async Task An_address_that_cannot_be_read_is_one_line_without_the_password(string setting, string says)
    {
        var server = await PostgresServer.SharedAsync();
        var refused = AssertRefused(
            server, string.Format(System.Globalization.CultureInfo.InvariantCulture, setting, Uri.EscapeDataString(server.Password)), Usage,
            says);
        Assert.Single(refused.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_server_that_could_lose_what_it_acknowledged_is_refused_until_that_is_allowed()
    {
        await using var server = await PostgresServer.StartAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        foreach (var setting in new[] { "fsync", "full_page_writes" })
        {
            await SetAsync(server, setting, "off");
            await AssertUnsafeAsync(server, place, place, setting);
            await SetAsync(server, setting, "on");
        }

        // A database, a role and a connection can say otherwise than the server does.
        await server.ExecuteAsync($"ALTER DATABASE {place.Database} SET synchronous_commit = off");
        await AssertUnsafeAsync(server, place, place, "synchronous_commit");
        await server.ExecuteAsync($"ALTER DATABASE {place.Database} RESET synchronous_commit");
        await server.ExecuteAsync($"ALTER ROLE {PostgresServer.User} SET synchronous_commit = off");
        await AssertUnsafeAsync(server, place, place, "synchronous_commit");
        await server.ExecuteAsync($"ALTER ROLE {PostgresServer.User} RESET synchronous_commit");
        await AssertUnsafeAsync(server, place, place.Via(place.Setting + "?options=-c%20synchronous_commit%3Doff"), "synchronous_commit");
        await AssertUnsafeAsync(
            server, place, place.Via(server.ConnectionString(place.Database) + ";Options=-c synchronous_commit=off"), "synchronous_commit");

        // What does not wait for a standby's disk is refused before there is a standby, too: one may be named while the server runs.
        foreach (var level in new[] { "local", "remote_write" })
            await AssertUnsafeAsync(
                server, place, place.Via(place.Setting + "?options=-c%20synchronous_commit%3D" + level), "synchronous_commit = " + level);

        await using (var applied = await Server.StartAsync(place.Via(place.Setting + "?options=-c%20synchronous_commit%3Dremote_apply")))
            Assert.Equal(200, (await applied.GetAsync("/v1/accounts")).Status);
        await using var serving = await Server.StartAsync(place);
        await serving.OpenWalletAsync("EUR", "1");
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_shown_nowhere()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        foreach (var setting in new[] { server.Address(database), server.ConnectionString(database) })
        {
            var wrong = setting.Replace("hush", "shush", StringComparison.Ordinal);
            Assert.NotEqual(setting, wrong);
            AssertRefused(server, wrong, Unavailable, "refuses the user or the password");
        }
    }

    [Fact]
    public async Task The_password_is_in_no_line_of_the_most_talkative_log_whatever_happens()
    {
        await using var server = await PostgresServer.StartAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        var log = "";
        foreach (var setting in new[] { place.Setting, server.ConnectionString(place.Database) })
        {
            await using var serving = await Server.StartAsync(place.Via(setting), log: "trace");
            var wallet = await serving.OpenWalletAsync("EUR", "1");
            server.Kill();
            Assert.Equal(503, (await serving.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", "away-" + wallet)).Status);
            Assert.Equal(503, (await serving.GetAsync("/health/ready")).Status);
            await server.StartAgainAsync();
            await Checks.EventuallyAsync(
                async () => (await serving.GetAsync("/health/ready")).Status == 200, "the server to be ready again");
            Assert.Equal(0, await serving.StopAsync());
            log += serving.Log;
        }

        foreach (var arguments in new[] { ["db", "info"], ["verify"], new[] { "journal", "export" } })
        {
            var result = Ledgers.Kopeck(place, arguments);
            Assert.Equal(0, result.ExitCode);
            log += result.Output + result.Errors;
        }

        Assert.NotEmpty(log);
        AssertSaysNoPassword(server, new ShellResult(0, log, ""));
    }

    static async Task AssertUnsafeAsync(PostgresServer server, PostgresPlace place, ILedgerPlace way, string setting)
    {
        AssertRefused(server, way.Setting, Unavailable, setting, "KOPECK_ALLOW_UNSAFE_STORAGE");
        Assert.Equal(Unavailable, Ledgers.Kopeck(way, "verify").ExitCode);
        await using var allowed = await Server.StartAsync(
            place.Via(way.Setting), variables: new Dictionary<string, string> { ["KOPECK_ALLOW_UNSAFE_STORAGE"] = "true" });
        Assert.Equal(200, (await allowed.GetAsync("/v1/accounts")).Status);
    }

    static async Task SetAsync(PostgresServer server, string setting, string value)
    {
        await server.ExecuteAsync($"ALTER SYSTEM SET {setting} = {value}");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
        await Checks.EventuallyAsync(async () => (string?)await server.AskAsync("SHOW " + setting) == value, $"{setting} = {value}");
    }

    static ShellResult AssertRefused(PostgresServer server, string setting, int exitCode, params string[] says)
    {
        using var place = new At(setting);
        var refused = Ledgers.Kopeck(place, "serve", "--http", "http://127.0.0.1:0");
        Assert.True(refused.ExitCode == exitCode, $"{refused.ExitCode}: {refused.Output}{refused.Errors}");
        Assert.All(says, each => Assert.Contains(each, refused.Errors, StringComparison.OrdinalIgnoreCase));
        AssertSaysNoPassword(server, refused);
        return refused;
    }

    static void AssertOneLine(string setting, params string[] says)
    {
        using var place = new At(setting);
        var refused = Ledgers.Kopeck(place, "db", "info");
        Assert.Equal(Unavailable, refused.ExitCode);
        var line = Assert.Single(refused.Errors.TrimEnd().Split('\n'));
        Assert.All(says, each => Assert.Contains(each, line, StringComparison.Ordinal));
    }

    static void AssertSaysNoPassword(PostgresServer server, ShellResult result)
    {
        foreach (var secret in new[] { server.Password, Uri.EscapeDataString(server.Password), server.Password.Split('/')[1] })
            Assert.DoesNotContain(secret, result.Output + result.Errors, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A setting as it is, and a folder for keys.</summary>
    sealed record At(string Setting) : ILedgerPlace
    {
        public string Keys { get; } = Directory.CreateTempSubdirectory("kopeck-keys-").FullName;

        public void Dispose() => Directory.Delete(Keys, recursive: true);
    }
}
