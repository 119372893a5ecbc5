using Kopeck.Engine.Storage;
using Npgsql;

namespace Kopeck.Postgres.Connections;

/// <summary>
/// Connections that read, and a place for each. Those who wait for a place may go away; who has one keeps it until the page is read: Npgsql
/// cancels by a second connection, on the thread that cancels, and that may be the one that all sockets' events come by.
/// </summary>
/// <param name="isLong">Whether its reads may be so long that they leave the thread on which the rows arrive.</param>
sealed class ReadPool(NpgsqlDataSource source, int size, bool isLong) : IAsyncDisposable
{
    const int MaxWaiting = 2_000;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly SemaphoreSlim places = new(size, size);
    int waiting;

    public NpgsqlDataSource Source => source;

    public bool IsLong => isLong;

    /// <summary>Takes a place, which is given back by <see cref="Leave"/>.</summary>
    /// <exception cref="StorageOverloadedException">Too many wait, or none became free in time.</exception>
    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        if (places.Wait(TimeSpan.Zero, CancellationToken.None))
            return;
        if (Interlocked.Increment(ref waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw new StorageOverloadedException("Too many reads wait for PostgreSQL");
        }

        try
        {
            if (!await places.WaitAsync(Patience, cancellationToken).ConfigureAwait(false))
                throw new StorageOverloadedException(
                    "All connections to PostgreSQL are in use: Maximum Pool Size says how many there may be");
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    public void Leave() => places.Release();

    public ValueTask DisposeAsync()
    {
        places.Dispose();
        return source.DisposeAsync();
    }
}
