using Kopeck.Ledger.Errors;

namespace Kopeck.Api;

/// <summary>A call that was not done, for callers who rather catch than ask. Nothing of it was written.</summary>
/// <param name="cause">What broke, where something did.</param>
public sealed class LedgerException(Rejection rejection, Exception? cause = null)
    : Exception($"{rejection.Detail} ({rejection.Code.Name()})", cause)
{
    /// <summary>Why.</summary>
    public Rejection Rejection { get; } = rejection;

    /// <summary>The stable code.</summary>
    public ErrorCode Code => Rejection.Code;
}
