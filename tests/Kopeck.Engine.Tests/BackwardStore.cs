using System.Reflection;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;

// Calls are passed on as they are, boxed.
#pragma warning disable CA2012

namespace Kopeck.Engine.Tests;

/// <summary>A real store that may say that its journals are shorter than they are.</summary>
public class BackwardStore : DispatchProxy
{
    ILedgerStore real = null!;

    internal bool GoesBack { get; set; }

    internal static (ILedgerStore Store, BackwardStore Faults) Around(ILedgerStore real)
    {
        var store = Create<ILedgerStore, BackwardStore>();
        var faults = (BackwardStore)(object)store;
        faults.real = real;
        return (store, faults);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        GoesBack && targetMethod!.Name == nameof(ILedgerStore.ReadHeadsAsync)
            ? ValueTask.FromResult<IReadOnlyDictionary<BookName, long>>(new Dictionary<BookName, long> { [TestBook.Name] = 1 })
            : targetMethod!.Invoke(real, BindingFlags.DoNotWrapExceptions, null, args, null);
}
