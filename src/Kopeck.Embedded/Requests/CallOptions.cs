namespace Kopeck.Embedded;

/// <summary>What every change may bring.</summary>
public record CallOptions
{
    /// <summary>The idempotency key, unique in the book: the same request with it again is answered from the journal. Needed where money moves. 1 to 255 visible ASCII characters.</summary>
    public string? Key { get; init; }

    /// <summary>Decides only, and writes nothing; the key stays free.</summary>
    public bool DryRun { get; init; }
}
