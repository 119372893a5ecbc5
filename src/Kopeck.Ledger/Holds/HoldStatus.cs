namespace Kopeck.Ledger.Holds;

/// <summary>What became of a hold. The numbers are stored.</summary>
public enum HoldStatus
{
    /// <summary>Something of it remains.</summary>
    Open = 1,

    /// <summary>A capture took what remained, or was its last one.</summary>
    Captured = 2,

    /// <summary>What remained was released.</summary>
    Released = 3,

    /// <summary>Its time came while something remained.</summary>
    Expired = 4,
}
