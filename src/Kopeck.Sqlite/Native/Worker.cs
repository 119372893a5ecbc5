using System.Collections.Concurrent;
using Kopeck.Engine.Storage;

namespace Kopeck.Sqlite.Native;

/// <summary>Threads of their own for calls that block, each with a connection: SQLite never holds up a request's thread.</summary>
sealed class Worker : IDisposable
{
    readonly BlockingCollection<Action<ConnectionSlot>> calls = [];
    readonly List<Thread> threads = [];
    readonly ConnectionSlot[] slots;
    readonly int maxWaiting;

    /// <param name="name">Of the threads, for whoever looks at the process.</param>
    /// <param name="count">How many threads.</param>
    /// <param name="maxWaiting">How many calls may wait.</param>
    /// <param name="open">Opens a thread's connection.</param>
    public Worker(string name, int count, int maxWaiting, Func<Connection> open)
    {
        this.maxWaiting = maxWaiting;
        slots = new ConnectionSlot[count];
        for (var index = 0; index < count; index++)
        {
            var slot = slots[index] = new ConnectionSlot(open);
            var thread = new Thread(() => Run(slot)) { IsBackground = true, Name = name };
            threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>The most statements that one of the connections holds prepared.</summary>
    public int PreparedStatements => slots.Max(slot => slot.PreparedStatements);

    /// <summary>Runs a call on one of the threads. What it throws, the caller gets. Where too many wait already, it is not begun.</summary>
    public Task<T> RunAsync<T>(Func<Connection, T> call, CancellationToken cancellationToken = default)
    {
        if (calls.Count >= maxWaiting)
            return Task.FromException<T>(new StorageOverloadedException("Too many reads wait for the database file"));
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
            completion.TrySetException(new StorageUnavailableException("The store is closed"));
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

    void Run(ConnectionSlot slot)
    {
        using var closing = slot;
        foreach (var call in calls.GetConsumingEnumerable())
            call(slot);
    }
}
