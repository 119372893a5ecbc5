using System.Reflection;
using Kopeck.Engine.Storage;

// Calls are passed on as they are, boxed.
#pragma warning disable CA2012

namespace Kopeck.Engine.Tests;

/// <summary>A real store that loses a commit's answer and then is away until a test says that it is back.</summary>
public class AwayStore : DispatchProxy
{
    ILedgerStore real = null!;

    /// <summary>Whether commits are written and their answers lost.</summary>
    internal bool LosesAnswers { get; set; }

    /// <summary>Whether epochs cannot be raised.</summary>
    internal bool IsAway { get; set; }

    /// <summary>What every call throws about a book, if anything.</summary>
    internal Func<object?[], Exception?> Failure { get; set; } = _ => null;

    internal static (ILedgerStore Store, AwayStore Faults) Around(ILedgerStore real)
    {
        var store = Create<ILedgerStore, AwayStore>();
        var faults = (AwayStore)(object)store;
        faults.real = real;
        return (store, faults);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (Failure(args!) is { } failure)
            throw failure;
        if (IsAway && targetMethod!.Name == nameof(ILedgerStore.BumpEpochAsync))
            return ValueTask.FromException<BookRow?>(new StorageUnavailableException("away"));
        var result = targetMethod!.Invoke(real, BindingFlags.DoNotWrapExceptions, null, args, null);
        return LosesAnswers && targetMethod.Name == nameof(ILedgerStore.CommitAsync) ? LoseAsync((ValueTask<bool>)result!) : result;
    }

    static async ValueTask<bool> LoseAsync(ValueTask<bool> committing)
    {
        await committing;
        throw new OutcomeUnknownException("cut");
    }
}
