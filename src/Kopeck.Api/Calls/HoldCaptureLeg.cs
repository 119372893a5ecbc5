using Kopeck.Api.Values;

namespace Kopeck.Api.Calls;

/// <summary>One of several receivers of a capture.</summary>
public sealed record HoldCaptureLeg
{
    /// <summary>A receiver without values.</summary>
    public HoldCaptureLeg()
    {
    }

    /// <summary>A receiver.</summary>
    public HoldCaptureLeg(LedgerId to, LedgerAmount amount) => (To, Amount) = (to, amount);

    /// <summary>The account that is paid.</summary>
    public LedgerId To { get; set; }

    /// <summary>How much: exact.</summary>
    public LedgerAmount Amount { get; set; }

    /// <summary>The account's or the receiver's: that side is exact. That in which the hold was asked for if left out.</summary>
    public LedgerCurrency Currency { get; set; }
}
