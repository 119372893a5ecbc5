using Kopeck.Engine.Storage;

namespace Kopeck.Sqlite.Native;

/// <summary>A thread's connection: opened when it is needed, and again after it broke.</summary>
sealed class ConnectionSlot(Func<Connection> open) : IDisposable
{
    volatile Connection? connection;

    /// <summary>The statements that its connection holds prepared.</summary>
    public int PreparedStatements => connection?.PreparedStatements ?? 0;

    public void Run<T>(Func<Connection, T> call, TaskCompletionSource<T> completion)
    {
        try
        {
            connection ??= open();
            completion.TrySetResult(call(connection));
        }
        catch (SqliteFailureException failure)
        {
            if (failure.BreaksConnection)
                Dispose();
            completion.TrySetException(failure.ToStorageException());
        }
        catch (Exception exception)
        {
            if (exception is StorageUnavailableException)
                Dispose();
            completion.TrySetException(exception);
        }
    }

    public void Dispose()
    {
        connection?.Dispose();
        connection = null;
    }
}
