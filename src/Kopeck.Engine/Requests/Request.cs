using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Requests;

/// <summary>
/// One command with its idempotency key; or the reason why the adapter could not read it, so that an item of a batch fails in its place.
/// </summary>
public sealed record Request
{
    /// <summary>What is asked.</summary>
    public Command? Command { get; init; }

    /// <summary>Why it could not be read.</summary>
    public Rejection? Refusal { get; init; }

    /// <summary>The idempotency key.</summary>
    public IdempotencyKey? Key
    {
        get;
        init
        {
            field = value;
            KeyDigest = value is { } key ? Kopeck.Ledger.Journal.KeyDigest.Of(key) : null;
        }
    }

    /// <summary>The digest of the key: computed once, by whoever asks, not by the book's one writer.</summary>
    public KeyDigest? KeyDigest { get; private init; }
}
