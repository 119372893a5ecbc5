using System.Collections.Concurrent;
using System.Reflection;
using Kopeck.Engine.Storage;

namespace Kopeck.Grpc.Tests;

/// <summary>A real store whose calls are counted, and fail as a test says.</summary>
public class WatchedStore : DispatchProxy
{
    readonly ConcurrentDictionary<string, int> calls = new(StringComparer.Ordinal);
    ILedgerStore? real;

    /// <summary>What a call fails with, if it does.</summary>
    internal Func<string, Exception?> NextFailure { get; set; } = _ => null;

    internal static (ILedgerStore Store, WatchedStore Watched) Around(ILedgerStore real)
    {
        var store = Create<ILedgerStore, WatchedStore>();
        var watched = (WatchedStore)(object)store;
        watched.real = real;
        return (store, watched);
    }

    internal int Calls(string method) => calls.GetValueOrDefault(method);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        calls.AddOrUpdate(targetMethod!.Name, 1, (_, count) => count + 1);
        return NextFailure(targetMethod.Name) is { } failure
            ? throw failure
            : targetMethod.Invoke(real, BindingFlags.DoNotWrapExceptions, null, args, null);
    }
}
