using System.Globalization;

namespace Kopeck.Postgres.Connections;

/// <summary>Whether a server is one that keeps what it acknowledged, by its settings as a session sees them.</summary>
static class ServerFitness
{
    /// <summary>Asks for what <see cref="Problem"/> looks at: name and setting.</summary>
    public const string Ask =
        "SELECT name, setting FROM pg_catalog.pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'server_version_num') "
        + "UNION ALL SELECT '" + IsStandby + "', pg_catalog.pg_is_in_recovery()::text "
        + "UNION ALL SELECT '" + HasCitus + "', (to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL)::text";

    /// <summary>The name under which <see cref="Ask"/> says whether the server follows another.</summary>
    public const string IsStandby = "is a standby";

    /// <summary>The name under which <see cref="Ask"/> says whether the database has Citus, whether or not it does anything.</summary>
    public const string HasCitus = "has citus";

    const int OldestVersion = 13;

    /// <summary>Why the server is not used; null when it is fit.</summary>
    /// <param name="settings">Settings by name.</param>
    /// <param name="allowUnsafeStorage">Whether one may be used that could lose committed operations.</param>
    public static string? Problem(IReadOnlyDictionary<string, string> settings, bool allowUnsafeStorage)
    {
        if (settings.TryGetValue("server_version_num", out var number)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && version / 10_000 < OldestVersion)
            return $"PostgreSQL is of version {version / 10_000}: version {OldestVersion} or newer is needed";
        if (allowUnsafeStorage)
            return null;
        foreach (var (name, setting) in settings.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            if (IsUnsafe(name, setting))
                return $"PostgreSQL has {name} = {setting} and could lose what it acknowledged: set it to on, or allow it with KOPECK_ALLOW_UNSAFE_STORAGE=true where losing money does not matter";
        }

        return null;
    }

    // local and remote_write do not wait for a standby's disk. They are as good as on while no standby is named, but one may be named at
    // any time, and the session goes on.
    static bool IsUnsafe(string name, string setting) => name switch
    {
        "fsync" or "full_page_writes" => setting == "off",
        "synchronous_commit" => setting is "off" or "local" or "remote_write",
        _ => false,
    };
}
