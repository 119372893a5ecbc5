using Kopeck.Api.Values;

namespace Kopeck.Api.Calls;

/// <summary>One leg of an operation that is to be reversed.</summary>
public sealed record ReversalLeg
{
    /// <summary>A leg without values.</summary>
    public ReversalLeg()
    {
    }

    /// <summary>A leg.</summary>
    public ReversalLeg(long leg, LedgerAmount amount) => (Leg, Amount) = (leg, amount);

    /// <summary>Its place in the operation, from 0.</summary>
    public long? Leg { get; set; }

    /// <summary>How much: exact.</summary>
    public LedgerAmount Amount { get; set; }

    /// <summary>Either of the leg's; the payer's if left out.</summary>
    public LedgerCurrency Currency { get; set; }
}
