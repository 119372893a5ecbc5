using System.Globalization;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Npgsql;

namespace Kopeck.Postgres.Writing;

/// <summary>How nodes tell each other of commits: by NOTIFY, which nobody relies on.</summary>
static class CommitNotices
{
    const string Channel = "kopeck_commits";

    /// <summary>
    /// Tells that a book's journal reaches a number. To be sent after COMMIT, in the same round trip but a transaction of its own: a
    /// transaction that notifies makes all others of the database that do wait until it is on disk.
    /// </summary>
    public static NpgsqlBatchCommand Tell(BookName book, long number) =>
        new NpgsqlBatchCommand($"SELECT pg_catalog.pg_notify('{Channel}', $1)")
            .Add(string.Create(CultureInfo.InvariantCulture, $"{book.Value} {number}"));

    /// <summary>Listens until it is cancelled or cut.</summary>
    public static async Task ListenAsync(
        PostgresSource source, Action onListening, Action<BookName, long> onCommit, CancellationToken cancellationToken)
    {
        var connection = await source.OpenAsync(source.Listeners);
        try
        {
            connection.Notification += (_, notice) => Read(notice.Payload, onCommit);
            await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
                await listen.ExecuteNonQueryAsync(cancellationToken);
            onListening();
            while (true)
                await connection.WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && PostgresFailures.IsStorage(exception))
        {
            throw PostgresFailures.ToUnavailable(exception);
        }
        finally
        {
            // Closed rather than kept: a server process whose client reads no notices keeps all of them for it.
            source.Listeners.Clear();
            await Commit.ReleaseAsync(connection);
        }
    }

    // Anybody may notify: what is not ours is passed over.
    static void Read(string payload, Action<BookName, long> onCommit)
    {
        var space = payload.LastIndexOf(' ');
        if (space > 0 && BookName.TryParse(payload[..space], out var book, out _)
            && long.TryParse(payload.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            onCommit(book, number);
    }
}
