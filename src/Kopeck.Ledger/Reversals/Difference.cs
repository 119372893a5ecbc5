namespace Kopeck.Ledger.Reversals;

/// <summary>Who bears what the rate moved since the original. The numbers are not stored; the names are.</summary>
public enum Difference
{
    /// <summary>The house: both sides move at the original's rate.</summary>
    House,

    /// <summary>The sender: he gets today's worth of what the receiver returns.</summary>
    Sender,

    /// <summary>The receiver: he pays today's worth of what the sender gets back.</summary>
    Receiver,
}
