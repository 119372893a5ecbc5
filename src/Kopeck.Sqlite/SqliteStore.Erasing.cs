using Kopeck.Engine.Storage;
using Kopeck.Sqlite.Native;

namespace Kopeck.Sqlite;

/// <content>What is erased goes from the write-ahead log, too, where it stands in old pages.</content>
public sealed partial class SqliteStore
{
    static readonly TimeSpan ErasurePause = TimeSpan.FromSeconds(1);

    readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task paying = Task.CompletedTask;

    // Both belong to the writer's thread. Null until this process looked: one that was cut off may have left erased values behind.
    bool? isErasureOwed;
    bool isPaying;

    /// <summary>Empties a log that a process left behind which was cut off after an erasure. A server that starts does this once.</summary>
    public async Task SettleErasuresAsync() => await TryPayAsync(goesOn: false).ConfigureAwait(false);

    /// <summary>Empties the log, or sees to it that this is tried again beside the commits, which do not wait for a long reader.</summary>
    void PayErasure(Connection connection)
    {
        if (!TryEmptyLog(connection) && !isPaying)
        {
            isPaying = true;
            paying = GoOnPayingAsync();
        }
    }

    async Task GoOnPayingAsync()
    {
        do
            await Task.WhenAny(closed.Task, Task.Delay(ErasurePause)).ConfigureAwait(false);
        while (!closed.Task.IsCompleted && !await TryPayAsync(goesOn: true).ConfigureAwait(false));
    }

    async Task<bool> TryPayAsync(bool goesOn)
    {
        await writing.WaitAsync().ConfigureAwait(false);
        try
        {
            return await writer.RunAsync(connection =>
            {
                file.RequireWritable();
                if (!goesOn)
                    PayErasure(connection);
                else
                    isPaying = !TryEmptyLog(connection);
                return !isPaying;
            }).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is StorageUnavailableException or SqliteFailureException)
        {
            // Whoever uses the store next says so.
            return false;
        }
        finally
        {
            writing.Release();
        }
    }

    bool TryEmptyLog(Connection connection)
    {
        isErasureOwed = true;
        try
        {
            connection.ExecuteScript("PRAGMA busy_timeout=200");
            using var checkpoint = connection.Prepare("PRAGMA wal_checkpoint(TRUNCATE)");
            isErasureOwed = !checkpoint.Step() || checkpoint.Int64(0) != 0;
        }
        catch (SqliteFailureException)
        {
            // Full or busy: what was committed stays so.
        }
        finally
        {
            connection.ExecuteScript("PRAGMA busy_timeout=10000");
        }

        return isErasureOwed is false;
    }
}
