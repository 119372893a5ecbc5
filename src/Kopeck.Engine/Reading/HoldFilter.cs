using Kopeck.Ledger;
using Kopeck.Ledger.Holds;

namespace Kopeck.Engine.Reading;

/// <summary>Which holds to list; null is any.</summary>
/// <param name="Customer">Of an account of this customer.</param>
/// <param name="To">Whose receiver is this account.</param>
/// <param name="ExpiresBefore">Exclusive: those that end before it.</param>
public sealed record HoldFilter(
    long? Account = null, long? Customer = null, HoldStatus? Status = null, long? To = null, Instant? ExpiresBefore = null)
{
    /// <summary>Whether captures pay the outside world. Not with <see cref="To"/>.</summary>
    public bool ToCash { get; init; }
}
