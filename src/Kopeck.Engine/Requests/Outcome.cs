using System.Collections.Immutable;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Requests;

/// <summary>What became of a request.</summary>
public sealed record Outcome
{
    /// <summary>Why it was not done; null when it was.</summary>
    public Rejection? Rejection { get; init; }

    /// <summary>The operations of the group, in order. Empty when nothing had to be written because it was so already.</summary>
    public IReadOnlyList<Operation> Group { get; init; } = [];

    /// <summary>
    /// The accounts that the group opened or changed, but for the ledger's own, as the group (or, with an empty group, the head) left them.
    /// </summary>
    public ImmutableArray<Account> Accounts { get; init; } = [];

    /// <summary>
    /// The customers that the group registered, changed or erased, as it (or the head) left them; without personal values if they were
    /// erased since.
    /// </summary>
    public ImmutableArray<Customer> Customers { get; init; } = [];

    /// <summary>The holds that the group placed or changed, as it left them.</summary>
    public ImmutableArray<Hold> Holds { get; init; } = [];

    /// <summary>For commands on one hold.</summary>
    public Hold? Hold => Holds is [.., var last] ? last : null;

    /// <summary>For commands on one account, and for a registration the wallet it opened.</summary>
    public Account? Account => Accounts is [.., var last] ? last : null;

    /// <summary>For commands on one customer.</summary>
    public Customer? Customer => Customers is [.., var last] ? last : null;

    /// <summary>The number that accounts and customers are as of: the group's last, or the head's.</summary>
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
