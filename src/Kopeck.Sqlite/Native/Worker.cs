using System.Collections.Concurrent;

namespace Kopeck.Sqlite.Native;

/// <summary>Threads of their own for calls that block, each with a connection: SQLite never holds up a request's thread.</summary>
sealed class Worker : IDisposable
{
    readonly BlockingCollection<Action<ConnectionSlot>> calls = [];
    readonly List<Thread> threads = [];

    public Worker(string name, int count, Func<Connection> open)
    {
        for (var index = 0; index < count; index++)
        {
            var thread = new Thread(() => Run(open)) { IsBackground = true, Name = name };
            threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>Runs a call on one of the threads. What it throws, the caller gets.</summary>
    public Task<T> RunAsync<T>(Func<Connection, T> call, CancellationToken cancellationToken = default)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            calls.Add(
                slot =>
                {
                    if (cancellationToken.IsCancellationRequested)
                        completion.TrySetCanceled(cancellationToken);
                    else
                        slot.Run(call, completion);
                },
                CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            completion.TrySetException(new Kopeck.Engine.Storage.StorageUnavailableException("The store is closed"));
        }

        return completion.Task;
    }

    public void Dispose()
    {
        calls.CompleteAdding();
        foreach (var thread in threads)
            thread.Join();
        calls.Dispose();
    }

    void Run(Func<Connection> open)
    {
        using var slot = new ConnectionSlot(open);
        foreach (var call in calls.GetConsumingEnumerable())
            call(slot);
    }
}

/// <summary>A thread's connection: opened when it is needed, and again after it broke.</summary>
sealed class ConnectionSlot(Func<Connection> open) : IDisposable
{
    Connection? connection;

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
            if (exception is Kopeck.Engine.Storage.StorageUnavailableException)
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
