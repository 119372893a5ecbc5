using System.Collections.Immutable;

namespace Kopeck.Ledger.Rules;

/// <summary>
/// The amounts of a command in minor units, as the check of its fields read them, for the decision that comes after it: each is converted
/// once. <c>default</c> is of a command without amounts, or of one whose accounts do not exist, which is refused for that.
/// </summary>
/// <param name="One">The one amount.</param>
public readonly record struct MinorAmounts(long One)
{
    /// <summary>The amounts of legs, in their order.</summary>
    public ImmutableArray<long> Each { get => field.IsDefault ? [] : field; init; }
}
