using Kopeck.Engine.Storage;
using Npgsql;

namespace Kopeck.Postgres.Connections;

/// <summary>
/// Whether a connection is one to the server for as long as it is open, as prepared statements, locks and settings of a session need it.
/// </summary>
static class PoolerChecks
{
    const string Process = "SELECT pg_catalog.pg_backend_pid()";

    /// <summary>Lets two connections look at which process of the server works for them, one within a transaction.</summary>
    /// <exception cref="StorageUnavailableException">Something between lends the server's processes by transaction.</exception>
    public static async Task RequireSessionAsync(NpgsqlConnection first, NpgsqlConnection second)
    {
        var before = await AskAsync(first).ConfigureAwait(false);
        await using var transaction = await second.BeginTransactionAsync().ConfigureAwait(false);
        // While the second holds a process, the first cannot have lent it and cannot have been lent another.
        var other = await AskAsync(second).ConfigureAwait(false);
        var after = await AskAsync(first).ConfigureAwait(false);
        await transaction.RollbackAsync().ConfigureAwait(false);
        if (other == before || after != before)
            throw new StorageUnavailableException(
                "PostgreSQL is behind a pooler in transaction mode, in which sessions have no settings and no prepared statements: use session mode, or connect directly");
    }

    static async Task<int> AskAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Process, connection);
        return (int)(await command.ExecuteScalarAsync().ConfigureAwait(false))!;
    }
}
