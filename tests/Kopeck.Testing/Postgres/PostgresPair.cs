namespace Kopeck.Testing;

/// <summary>
/// A primary and a standby that has everything before a commit is acknowledged; they change places as often as one likes.
/// </summary>
public sealed class PostgresPair : IAsyncDisposable
{
    const string StandbyName = "standby";

    PostgresPair(PostgresServer primary, PostgresServer standby)
    {
        Primary = primary;
        Standby = standby;
    }

    /// <summary>The one that takes writes.</summary>
    public PostgresServer Primary { get; private set; }

    /// <summary>The one that follows.</summary>
    public PostgresServer Standby { get; private set; }

    public static async Task<PostgresPair> StartAsync()
    {
        var primary = await PostgresServer.StartAsync();
        var standby = await PostgresServer.FollowAsync(primary, StandbyName);
        var pair = new PostgresPair(primary, standby);
        await pair.RequireStandbyAsync();
        return pair;
    }

    /// <summary>A database on whichever of both takes writes, in Npgsql's form.</summary>
    public string ConnectionString(string database) =>
        $"Host=127.0.0.1:{Primary.Port},127.0.0.1:{Standby.Port};Target Session Attributes=primary;Database={database};Username={PostgresServer.User};Password={Primary.Password}";

    /// <summary>
    /// The primary dies at once, if it lives, and the standby takes its place. There is no standby then, and commits wait for none, until
    /// <see cref="FollowAsync"/>.
    /// </summary>
    public async Task PromoteAsync()
    {
        if (Primary.IsRunning)
            Primary.Kill();
        (Primary, Standby) = (Standby, Primary);
        await Primary.ExecuteAsync("SELECT pg_promote(wait => true)");
    }

    /// <summary>What was the primary starts anew as the standby, from a copy, on the port it had.</summary>
    public async Task FollowAsync()
    {
        await Standby.FollowAgainAsync(Primary, StandbyName);
        await RequireStandbyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Standby.DisposeAsync();
        await Primary.DisposeAsync();
    }

    /// <summary>From now on a commit is acknowledged only when the standby has it on disk.</summary>
    async Task RequireStandbyAsync()
    {
        await Primary.ExecuteAsync($"ALTER SYSTEM SET synchronous_standby_names = '{StandbyName}'");
        await Primary.ExecuteAsync("SELECT pg_reload_conf()");
        await Checks.EventuallyAsync(
            async () =>
                await Primary.AskAsync("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync' AND state = 'streaming'") is 1L,
            "a synchronous standby");
    }
}
