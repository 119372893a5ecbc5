using Kopeck.Api.Values;

namespace Kopeck.Api.Calls;

/// <summary>One movement of a posting.</summary>
public sealed record PostingLeg
{
    /// <summary>A movement without values.</summary>
    public PostingLeg()
    {
    }

    /// <summary>A movement.</summary>
    public PostingLeg(LedgerId from, LedgerId to, LedgerAmount amount) => (From, To, Amount) = (from, to, amount);

    /// <summary>The account that pays.</summary>
    public LedgerId From { get; set; }

    /// <summary>The account that receives, in the same currency.</summary>
    public LedgerId To { get; set; }

    /// <summary>How much: exact.</summary>
    public LedgerAmount Amount { get; set; }
}
