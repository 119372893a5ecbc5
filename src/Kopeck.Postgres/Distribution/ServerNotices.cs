using System.Collections.Concurrent;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Writing;

namespace Kopeck.Postgres.Distribution;

/// <summary>
/// Listens at every server that holds books, as each tells of its own commits alone, and at the one of the address, which tells of those
/// that were routed. One that is away is listened to again when it is back; nobody relies on notices meanwhile.
/// </summary>
static class ServerNotices
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Listens until it is cancelled.</summary>
    public static async Task ListenAsync(
        BookServers servers, Action onListening, Action<BookName, long> onCommit, CancellationToken cancellationToken)
    {
        var listening = new ConcurrentDictionary<PostgresSource, Task>();
        while (!cancellationToken.IsCancellationRequested)
        {
            var beginning = new List<Task>();
            foreach (var server in await FindAsync(servers).ConfigureAwait(false))
            {
                if (listening.TryGetValue(server, out var task) && !task.IsCompleted)
                    continue;
                var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                listening[server] = task = TryListenAsync(server, () => begun.TrySetResult(), onCommit, cancellationToken);
                beginning.Add(Task.WhenAny(begun.Task, task));
            }

            // One that does not answer keeps the others waiting no longer than this.
            var pause = Task.Delay(Pause, cancellationToken);
            if (beginning.Count > 0)
            {
                await Task.WhenAny(Task.WhenAll(beginning), pause).ConfigureAwait(false);
                onListening();
            }

            await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(listening.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    static async Task TryListenAsync(
        PostgresSource server, Action onListening, Action<BookName, long> onCommit, CancellationToken cancellationToken)
    {
        try
        {
            await CommitNotices.ListenAsync(server, onListening, onCommit, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageUnavailableException)
        {
            // It is away, and listened to again.
        }
    }

    static async Task<IEnumerable<PostgresSource>> FindAsync(BookServers servers)
    {
        try
        {
            return (await servers.AllAsync().ConfigureAwait(false)).Append(servers.Home).Distinct();
        }
        catch (StorageUnavailableException)
        {
            return [];
        }
    }
}
