using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Requests;

/// <summary>Who asks, and what they may do.</summary>
/// <param name="Actor">The name of the API key.</param>
public sealed record Caller(BookName Book, KeyName Actor, Scopes Scopes);

/// <summary>One command with its idempotency key; or the reason why the adapter could not read it, so that an item of a batch fails in its place.</summary>
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

    /// <summary>For an item whose key was made of its batch's: the digest of the item and its whole batch, which the journal keeps for the item's. Null for what stands alone.</summary>
    internal Digest? Fingerprint { get; init; }
}

/// <summary>What became of a request.</summary>
public sealed record Outcome
{
    /// <summary>Why it was not done; null when it was.</summary>
    public Rejection? Rejection { get; init; }

    /// <summary>The operations of the group, in order. Empty when nothing had to be written because it was so already.</summary>
    public IReadOnlyList<Operation> Group { get; init; } = [];

    /// <summary>For commands on one account, and for a registration the wallet it opened: the account as the group (or, with an empty group, the head) left it.</summary>
    public Account? Account { get; init; }

    /// <summary>For commands on one customer: the customer as the group (or the head) left it; without personal values if they were erased since.</summary>
    public Customer? Customer { get; init; }

    /// <summary>The number that the account or the customer is as of: the group's last, or the head's.</summary>
    public long AsOf { get; init; }

    /// <summary>Whether an earlier request with the same key did it.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Whether it was only decided, not written: numbers and hashes mean nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The group's last operation: the answer.</summary>
    public Operation Answer => Group[^1];

    /// <summary>Whether it was done, or was so already.</summary>
    public bool IsAccepted => Rejection is null;

    /// <summary>A rejected request.</summary>
    public static Outcome Rejected(Rejection rejection) => new() { Rejection = rejection };

    /// <summary>A rejected request.</summary>
    public static Outcome Rejected(ErrorCode code, string detail) => Rejected(new Rejection(code, detail));
}

/// <summary>What became of a batch.</summary>
/// <param name="Rejection">Why an atomic batch was not done; then there are no outcomes.</param>
/// <param name="Outcomes">One an item, in order.</param>
public sealed record BatchOutcome(Rejection? Rejection, IReadOnlyList<Outcome> Outcomes);
