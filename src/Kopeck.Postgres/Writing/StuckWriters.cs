using Kopeck.Engine.Storage;
using Kopeck.Postgres.Connections;
using Npgsql;

namespace Kopeck.Postgres.Writing;

/// <summary>
/// Waits for a command that may be blocked by another node, with patience. A node that was stopped while it sent a batch leaves a server
/// process that holds the book's row and waits for the rest of it: after a while that process is ended, which rolls its batch back.
/// </summary>
static class StuckWriters
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Suspicion = TimeSpan.FromSeconds(4);

    // Only who blocks this very process, in a transaction, on words that its client owes it, for long.
    const string End = """
        SELECT pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity
        WHERE pid = ANY(pg_blocking_pids($1)) AND wait_event = 'ClientRead' AND xact_start < now() - interval '3 seconds' AND usename = current_user AND application_name = current_setting('application_name')
        """;

    // The same where the process is blocked on another server of the database, or by a session of another: each is known by its number in
    // all of them.
    const string EndElsewhere = """
        SELECT pg_catalog.pg_terminate_backend(wait.blocking_gpid)
        FROM pg_catalog.citus_lock_waits AS wait JOIN pg_catalog.citus_stat_activity AS blocking ON blocking.global_pid = wait.blocking_gpid
        WHERE wait.waiting_gpid = (
            SELECT pg_catalog.citus_calculate_gpid(nodeid, $1) FROM pg_catalog.pg_dist_node
            WHERE groupid = (SELECT groupid FROM pg_catalog.pg_dist_local_group) AND noderole = 'primary')
          AND NOT blocking.is_worker_query AND blocking.wait_event = 'ClientRead' AND blocking.xact_start < now() - interval '3 seconds'
          AND blocking.usename = current_user AND blocking.application_name = current_setting('application_name')
        """;

    /// <summary>The task's result; a <see cref="TimeoutException"/> when it does not end in time. It goes on then.</summary>
    /// <param name="process">The server process that runs it.</param>
    public static async Task<T> WaitAsync<T>(Task<T> running, PostgresSource source, int process)
    {
        try
        {
            return await running.WaitAsync(Suspicion).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            await EndAsync(End, source, process).ConfigureAwait(false);
            if (source.IsDistributed == true)
                await EndAsync(EndElsewhere, source, process).ConfigureAwait(false);
        }

        return await running.WaitAsync(Patience - Suspicion).ConfigureAwait(false);
    }

    static async Task EndAsync(string end, PostgresSource source, int process)
    {
        try
        {
            await using var connection = await source.OpenAsync().ConfigureAwait(false);
            await using var batch = new NpgsqlBatch(connection) { Timeout = 2 };
            batch.BatchCommands.Add(new NpgsqlBatchCommand(end).Add(process));
            await batch.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is StorageUnavailableException || PostgresFailures.IsStorage(exception))
        {
            // Then the wait itself ends as it will.
        }
    }
}
