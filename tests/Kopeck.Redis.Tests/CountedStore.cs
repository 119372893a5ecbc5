using System.Reflection;
using Kopeck.Engine.Storage;

namespace Kopeck.Redis.Tests;

/// <summary>A store that counts how often quotes were read from it.</summary>
public class CountedStore : DispatchProxy
{
    ILedgerStore store = null!;
    int quoteReads;

    public int QuoteReads => Volatile.Read(ref quoteReads);

    public static (ILedgerStore Store, CountedStore Counts) Around(ILedgerStore store)
    {
        var counted = Create<ILedgerStore, CountedStore>();
        ((CountedStore)(object)counted).store = store;
        return (counted, (CountedStore)(object)counted);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(ILedgerStore.GetNewestQuotesAsync))
            Interlocked.Increment(ref quoteReads);
        return targetMethod.Invoke(store, BindingFlags.DoNotWrapExceptions, null, args, null);
    }
}
