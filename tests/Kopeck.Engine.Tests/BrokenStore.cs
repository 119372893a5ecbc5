using System.Reflection;
using Kopeck.Engine.Storage;

// Calls are passed on as they are, boxed.
#pragma warning disable CA2012

namespace Kopeck.Engine.Tests;

/// <summary>A real store whose asynchronous calls are numbered, and one of which breaks, as by a bug.</summary>
public class BrokenStore : DispatchProxy
{
    static readonly MethodInfo FailTyped = typeof(BrokenStore).GetMethod(nameof(FailLater), BindingFlags.NonPublic | BindingFlags.Static)!;
    static readonly MethodInfo FailDone =
        typeof(BrokenStore).GetMethod(nameof(FailWhenDoneAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    ILedgerStore real = null!;
    int point;
    FaultKind kind;
    bool breaksLocks;
    int calls;
    int dueLooks;
    int brokenLocks;

    /// <summary>The method that broke.</summary>
    internal string? Broken { get; private set; }

    internal int Calls => Volatile.Read(ref calls);

    internal int BrokenLocks => Volatile.Read(ref brokenLocks);

    /// <param name="point">The number of the call that breaks, from 1; 0 for none. Looks for due work, which come when they will, are
    /// numbered down from -1.</param>
    /// <param name="breaksLocks">Whether letting a lock go fails, though it is let go.</param>
    internal static (ILedgerStore Store, BrokenStore Faults) Around(ILedgerStore real, int point, FaultKind kind, bool breaksLocks = false)
    {
        var store = Create<ILedgerStore, BrokenStore>();
        var faults = (BrokenStore)(object)store;
        (faults.real, faults.point, faults.kind, faults.breaksLocks) = (real, point, kind, breaksLocks);
        return (store, faults);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var arguments = args!.Select(argument => argument is BrokenLock held ? held.Real : argument).ToArray();
        object? Call() => targetMethod!.Invoke(real, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        var result = targetMethod!.ReturnType;
        if (!result.IsGenericType || result.GetGenericTypeDefinition() != typeof(ValueTask<>))
            return Call();
        var isDueLook = targetMethod.Name == nameof(ILedgerStore.FindBooksWithDueHoldsAsync);
        if ((isDueLook ? Interlocked.Decrement(ref dueLooks) : Interlocked.Increment(ref calls)) == point)
        {
            Broken = targetMethod.Name;
            var value = result.GetGenericArguments()[0];
            return kind switch
            {
                FaultKind.AtOnce => throw new InjectedException(),
                FaultKind.Later => FailTyped.MakeGenericMethod(value).Invoke(null, []),
                _ => FailDone.MakeGenericMethod(value).Invoke(null, [Call()]),
            };
        }

        return breaksLocks && targetMethod.Name == nameof(ILedgerStore.LockAsync) ? BreakAsync((ValueTask<IBookLock>)Call()!) : Call();
    }

    static ValueTask<T> FailLater<T>() => ValueTask.FromException<T>(new InjectedException());

    static async ValueTask<T> FailWhenDoneAsync<T>(ValueTask<T> call)
    {
        // A lock that nobody got must not stay.
        if (await call is IAsyncDisposable held)
            await held.DisposeAsync();
        throw new InjectedException();
    }

    async ValueTask<IBookLock> BreakAsync(ValueTask<IBookLock> locking) => new BrokenLock(await locking, this);

    sealed class BrokenLock(IBookLock real, BrokenStore store) : IBookLock
    {
        public IBookLock Real => real;

        public BookRow? Row => real.Row;

        public IReadOnlyList<Ledger.Journal.Operation> Missed => real.Missed;

        public async ValueTask DisposeAsync()
        {
            await real.DisposeAsync();
            Interlocked.Increment(ref store.brokenLocks);
            throw new InjectedException();
        }
    }
}
