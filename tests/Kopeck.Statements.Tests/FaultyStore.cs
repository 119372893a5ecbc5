using System.Reflection;
using Kopeck.Engine.Storage;

namespace Kopeck.Statements.Tests;

/// <summary>A real store, one of whose reads a test counts, delays or breaks.</summary>
public class FaultyStore : DispatchProxy
{
    ILedgerStore inner = null!;
    string method = "";
    Action<int, CancellationToken> before = null!;
    int calls;

    /// <summary>A store in front of another.</summary>
    /// <param name="method">The read that is looked at.</param>
    /// <param name="before">Told the number of the call, from 1, and what cancels it; what it throws breaks the read.</param>
    public static ILedgerStore Wrap(ILedgerStore store, string method, Action<int, CancellationToken> before)
    {
        var proxy = Create<ILedgerStore, FaultyStore>();
        var faulty = (FaultyStore)(object)proxy;
        (faulty.inner, faulty.method, faulty.before) = (store, method, before);
        return proxy;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == method)
            before(Interlocked.Increment(ref calls), (CancellationToken)args![^1]!);
        try
        {
            return targetMethod.Invoke(inner, args);
        }
        catch (TargetInvocationException exception)
        {
            throw exception.InnerException!;
        }
    }
}
