using System.Collections.Concurrent;
using System.Reflection;
using Kopeck.Engine.Storage;

namespace Kopeck.Engine.Tests;

/// <summary>A real store whose queries are counted, and which tells of commits as a test says.</summary>
public class CountedStore : DispatchProxy
{
    readonly ConcurrentDictionary<string, int> calls = new(StringComparer.Ordinal);
    ILedgerStore real = null!;

    /// <summary>Takes the place of being told of commits.</summary>
    internal Func<CancellationToken, Task>? Listen { get; set; }

    internal static (ILedgerStore Store, CountedStore Counts) Around(ILedgerStore real)
    {
        var store = Create<ILedgerStore, CountedStore>();
        var counts = (CountedStore)(object)store;
        counts.real = real;
        return (store, counts);
    }

    internal int Of(string method) => calls.GetValueOrDefault(method);

    /// <summary>Queries and commits, of every kind, but for the looks whether any book has due work, which are one for all books.</summary>
    internal int Total => calls.Where(call => call.Key != nameof(ILedgerStore.FindBooksWithDueHoldsAsync)).Sum(call => call.Value);

    /// <summary>Looks whether any book has due work.</summary>
    internal int DueLooks => Of(nameof(ILedgerStore.FindBooksWithDueHoldsAsync));

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (!targetMethod!.IsSpecialName)
            calls.AddOrUpdate(targetMethod.Name, 1, (_, count) => count + 1);
        if (targetMethod.Name == nameof(ILedgerStore.ListenAsync) && Listen is { } listen)
            return listen((CancellationToken)args![^1]!);
        return targetMethod.Invoke(real, BindingFlags.DoNotWrapExceptions, null, args, null);
    }
}
