namespace Kopeck.Api.Calls;

/// <summary>What a reversal does where the receiver has less than is to be taken back.</summary>
public enum OnInsufficient
{
    /// <summary>Nothing: it is refused.</summary>
    Reject,

    /// <summary>It takes as much as is available.</summary>
    Partial,
}
