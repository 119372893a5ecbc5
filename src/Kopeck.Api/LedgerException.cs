using Kopeck.Ledger.Errors;

namespace Kopeck.Api;

/// <summary>A call that was not done, for callers who rather catch than ask. Nothing of it was written.</summary>
public sealed class LedgerException(Rejection rejection) : Exception($"{rejection.Detail} ({rejection.Code.Name()})")
{
    /// <summary>Why.</summary>
    public Rejection Rejection { get; } = rejection;

    /// <summary>The stable code.</summary>
    public ErrorCode Code => Rejection.Code;
}
