using Kopeck.Api.Inputs;

namespace Kopeck.Api;

/// <summary>What is asked of a ledger: typed values, each given once.</summary>
public abstract record CallRequest
{
    /// <summary>
    /// The idempotency key, unique in the book: the same request with it again is answered from the journal. Needed where money moves. 1 to
    /// 255 visible ASCII characters.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>Decides only, and writes nothing; the key stays free.</summary>
    public bool DryRun { get; set; }

    /// <summary>Checks what no single member of the body can tell, such as two of which one may be there. In every interface.</summary>
    public virtual void CheckWhole(Problems problems)
    {
        // Most requests are no more than their inputs.
    }

    /// <summary>Checks what no single input can, in a request that was made in this program.</summary>
    internal virtual void Check(Problems problems)
    {
        // Most requests are no more than their inputs.
    }
}
