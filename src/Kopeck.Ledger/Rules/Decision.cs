using System.Collections.Immutable;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Rules;

/// <summary>An operation that was decided and is yet to be numbered, chained and written. Ids of accounts that the same group opens are already known: they are the numbers to come.</summary>
public sealed record Draft(OperationBody Body)
{
    /// <summary>What moves.</summary>
    public ImmutableArray<Entry> Entries { get; init; } = [];

    /// <summary>The personal values it sets.</summary>
    public PersonalValues? Personal { get; init; }
}

/// <summary>What the rules say of a command: a rejection, or the drafts of its group; no drafts where it is so already.</summary>
public readonly record struct Decision
{
    /// <summary>Why it cannot be done.</summary>
    public Rejection? Rejection { get; private init; }

    /// <summary>The operations of the group; empty (also for <c>default</c>) where nothing has to change.</summary>
    public ImmutableArray<Draft> Drafts { get => field.IsDefault ? [] : field; private init; }

    /// <summary>It is so already.</summary>
    public static Decision Unchanged => default;

    /// <summary>One operation.</summary>
    public static Decision Of(params ImmutableArray<Draft> drafts) => new() { Drafts = drafts };

    /// <summary>It cannot be done.</summary>
    public static Decision Reject(Rejection rejection) => new() { Rejection = rejection };

    /// <summary>It cannot be done.</summary>
    public static Decision Reject(ErrorCode code, string detail) => Reject(new Rejection(code, detail));
}

/// <summary>Where salts come from: injected, so that tests are repeatable.</summary>
public interface ISaltSource
{
    /// <summary>32 bytes that nobody can guess.</summary>
    Digest Next();
}
