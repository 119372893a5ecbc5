using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Kopeck.Engine.Storage;
using Npgsql;

namespace Kopeck.Postgres.Connections;

/// <summary>What went wrong, in the words of the store's port.</summary>
static class PostgresFailures
{
    /// <summary>idle_in_transaction_session_timeout.</summary>
    public const string IdleTooLong = "25P03";

    /// <summary>Why nothing can be written.</summary>
    public const string ReadOnly = "PostgreSQL is read-only: it is a standby, or set so";

    const string NotInTime = "PostgreSQL did not answer in time";

    const string Ended = "The connection to PostgreSQL was ended: the server stopped, or something between cut it";

    // idle_session_timeout.
    const string IdleSessionTooLong = "57P05";

    /// <summary>Whether an exception comes from the database or the way to it, not from a bug.</summary>
    public static bool IsStorage(Exception exception) => exception switch
    {
        PostgresException server => IsOutage(server.SqlState),
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        // What Npgsql throws for a connection that another thread saw break.
        ObjectDisposedException => true,
        // What files of certificates and keys throw that cannot be read.
        CryptographicException or UnauthorizedAccessException => true,
        _ => false,
    };

    /// <summary>
    /// Whether a connection that was open turned out to be gone: the server was restarted or replaced, or something between cut it.
    /// </summary>
    public static bool IsGone(Exception exception) => exception switch
    {
        PostgresException server =>
            server.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.CannotConnectNow or IdleSessionTooLong,
        NpgsqlException { InnerException: TimeoutException } => false,
        NpgsqlException or IOException or SocketException or ObjectDisposedException => true,
        _ => false,
    };

    /// <summary>The exception that callers see; its message has no secrets.</summary>
    public static StorageUnavailableException ToUnavailable(Exception exception) => exception switch
    {
        StorageUnavailableException unavailable => unavailable,
        _ =>
            new StorageUnavailableException(
                Causes(exception).Select(Describe).FirstOrDefault(text => text is not null) ?? "PostgreSQL cannot be reached", exception),
    };

    /// <summary>
    /// The exception where no connection could be made: <see cref="ServerUnreachableException"/>, unless it is this program that has no
    /// place for one, or the server was reached and found unfit.
    /// </summary>
    public static StorageUnavailableException ToUnreachable(Exception exception)
    {
        var failure = ToUnavailable(exception);
        return Causes(exception).Any(cause => cause is StorageUnavailableException || IsExhausted(cause))
            ? failure
            : new ServerUnreachableException(failure.Message, exception);
    }

    static bool IsExhausted(Exception exception) =>
        exception is NpgsqlException && exception.Message.Contains("connection pool has been exhausted", StringComparison.Ordinal);

    // Of several hosts each has its own.
    static IEnumerable<Exception> Causes(Exception exception)
    {
        yield return exception;
        IEnumerable<Exception> inner =
            exception is AggregateException several ? several.InnerExceptions : exception.InnerException is { } one ? [one] : [];
        foreach (var cause in inner.SelectMany(Causes))
            yield return cause;
    }

    static string? Describe(Exception exception) => exception switch
    {
        PostgresException server => Describe(server),
        StorageUnavailableException unfit => unfit.Message,
        AuthenticationException tls => DescribeTls(tls.Message),
        FileNotFoundException { FileName: { } file } => $"There is no file {file}",
        DirectoryNotFoundException or CryptographicException or UnauthorizedAccessException =>
            "A file of a certificate or a key cannot be read",
        // Npgsql says these in words alone.
        NpgsqlException when IsExhausted(exception) =>
            "All connections to PostgreSQL are in use: Maximum Pool Size says how many there may be",
        NpgsqlException { Message: var message } when message.Contains("No SSL enabled connection", StringComparison.Ordinal) =>
            "PostgreSQL offers no TLS, and SSL Mode requires it",
        NpgsqlException { Message: var message } when message.Contains("No password has been provided", StringComparison.Ordinal) =>
            "PostgreSQL asks for a password, and none is set",
        TimeoutException => NotInTime,
        SocketException { SocketErrorCode: var code } => Describe(code),
        IOException or ObjectDisposedException => Ended,
        _ => null,
    };

    static string Describe(SocketError code) => code switch
    {
        SocketError.ConnectionRefused => "PostgreSQL cannot be reached: its host refuses connections to this port",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
            "PostgreSQL cannot be reached: its host's name leads nowhere",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown =>
            "PostgreSQL cannot be reached: no way leads to its host",
        SocketError.TooManyOpenSockets => "PostgreSQL cannot be reached: this program may open no more files (ulimit -n)",
        SocketError.TimedOut => NotInTime,
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.OperationAborted => Ended,
        _ => $"PostgreSQL cannot be reached ({code})",
    };

    // .NET says what is wrong with a certificate in words alone, and not even that where Npgsql judges it by a root certificate.
    static string DescribeTls(string message)
    {
        if (message.Contains("NameMismatch", StringComparison.Ordinal))
            return "PostgreSQL's certificate is not for this host";
        if (message.Contains("Untrusted", StringComparison.Ordinal)
            || message.Contains("PartialChain", StringComparison.Ordinal)
            || message.Contains("ChainErrors", StringComparison.Ordinal))
            return "PostgreSQL's certificate is of an authority that is not trusted: name the authority's as Root Certificate (sslrootcert)";
        if (message.Contains("NotTimeValid", StringComparison.Ordinal))
            return "PostgreSQL's certificate is not valid today";
        return message.Contains("ValidationCallback", StringComparison.Ordinal)
            ? "PostgreSQL's certificate is refused: it is not for this host, or not of an authority that Root Certificate (sslrootcert) or this machine trusts"
            : "PostgreSQL and this program agree on no TLS";
    }

    static string Describe(PostgresException server) => server.SqlState switch
    {
        PostgresErrorCodes.QueryCanceled => NotInTime,
        PostgresErrorCodes.DiskFull => "PostgreSQL's disk is full",
        PostgresErrorCodes.TooManyConnections => "PostgreSQL has too many connections",
        PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.FeatureNotSupported =>
            ReadOnly,
        PostgresErrorCodes.InvalidPassword => "PostgreSQL refuses the user or the password",
        PostgresErrorCodes.InvalidAuthorizationSpecification =>
            "PostgreSQL refuses the user or the password, or its pg_hba.conf does not let them in from here, with or without TLS",
        PostgresErrorCodes.InvalidCatalogName => "There is no such database: make it with `kopeck db create`",
        PostgresErrorCodes.InvalidSchemaName =>
            "There is no such schema: make the one that Search Path (search_path) names, or leave it out",
        PostgresErrorCodes.InsufficientPrivilege => "The database user may not do this",
        PostgresErrorCodes.UndefinedTable => "The database has no tables: make them with `kopeck db create`",
        // What one server says of another that it needs.
        _ when server.SqlState.StartsWith("08", StringComparison.Ordinal) =>
            $"A server of the database cannot be reached (SQLSTATE {server.SqlState})",
        _ => $"PostgreSQL cannot go on (SQLSTATE {server.SqlState})",
    };

    // Classes: 08 connection, 25006 a standby, 28 authorization, 3D000 no database, 3F000 no schema, 42501 no right, 42P01 no tables,
    // 53 resources, 55 not now, 57 an operator, 58 the system, XX damage.
    static bool IsOutage(string state) =>
        state.StartsWith("08", StringComparison.Ordinal)
            || state.StartsWith("28", StringComparison.Ordinal)
            || state.StartsWith("53", StringComparison.Ordinal)
        || state.StartsWith("55", StringComparison.Ordinal)
            || state.StartsWith("57", StringComparison.Ordinal)
            || state.StartsWith("58", StringComparison.Ordinal)
        || state.StartsWith("XX", StringComparison.Ordinal) || state.StartsWith("40", StringComparison.Ordinal)
        || state is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidCatalogName
            or PostgresErrorCodes.InvalidSchemaName
            or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedTable
            or IdleTooLong;
}
