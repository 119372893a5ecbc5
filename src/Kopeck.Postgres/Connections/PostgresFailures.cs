using System.Net.Sockets;
using Kopeck.Engine.Storage;
using Npgsql;

namespace Kopeck.Postgres.Connections;

/// <summary>What went wrong, in the words of the store's port.</summary>
static class PostgresFailures
{
    /// <summary>idle_in_transaction_session_timeout.</summary>
    public const string IdleTooLong = "25P03";

    // idle_session_timeout.
    const string IdleSessionTooLong = "57P05";

    /// <summary>Whether an exception comes from the database or the way to it, not from a bug.</summary>
    public static bool IsStorage(Exception exception) => exception switch
    {
        PostgresException server => IsOutage(server.SqlState),
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        // What Npgsql throws for a connection that another thread saw break.
        ObjectDisposedException => true,
        _ => false,
    };

    /// <summary>Whether a connection that was open turned out to be gone: the server was restarted or replaced, or something between cut it.</summary>
    public static bool IsGone(Exception exception) => exception switch
    {
        PostgresException server => server.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or IdleSessionTooLong,
        NpgsqlException { InnerException: TimeoutException } => false,
        NpgsqlException or IOException or SocketException or ObjectDisposedException => true,
        _ => false,
    };

    /// <summary>The exception that callers see; its message has no secrets.</summary>
    public static StorageUnavailableException ToUnavailable(Exception exception) => exception switch
    {
        StorageUnavailableException unavailable => unavailable,
        PostgresException server => new StorageUnavailableException(Describe(server), exception),
        { InnerException: PostgresException server } => new StorageUnavailableException(Describe(server), exception),
        _ => new StorageUnavailableException("PostgreSQL cannot be reached", exception),
    };

    static string Describe(PostgresException server) => server.SqlState switch
    {
        PostgresErrorCodes.DiskFull => "PostgreSQL's disk is full",
        PostgresErrorCodes.TooManyConnections => "PostgreSQL has too many connections",
        PostgresErrorCodes.ReadOnlySqlTransaction => "PostgreSQL is read-only: it is a standby, or set so",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => "PostgreSQL refuses the user or the password",
        PostgresErrorCodes.InvalidCatalogName => "There is no such database: make it with `kopeck db create`",
        PostgresErrorCodes.InsufficientPrivilege => "The database user may not do this",
        PostgresErrorCodes.UndefinedTable => "The database has no tables: make them with `kopeck db create`",
        _ => $"PostgreSQL cannot go on (SQLSTATE {server.SqlState})",
    };

    // Classes: 08 connection, 25006 a standby, 28 authorization, 3D000 no database, 42501 no right, 42P01 no tables, 53 resources, 55 not now, 57 an operator, 58 the system, XX damage.
    static bool IsOutage(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("28", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
        || state.StartsWith("55", StringComparison.Ordinal) || state.StartsWith("57", StringComparison.Ordinal) || state.StartsWith("58", StringComparison.Ordinal)
        || state.StartsWith("XX", StringComparison.Ordinal) || state.StartsWith("40", StringComparison.Ordinal)
        || state is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedTable
            or IdleTooLong;
}
