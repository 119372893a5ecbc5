using System.Collections.Immutable;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Rules;

/// <summary>What the rules say of a command: a rejection, or the drafts of its group; no drafts where it is so already.</summary>
public readonly record struct Decision
{
    /// <summary>Why it cannot be done.</summary>
    public Rejection? Rejection { get; private init; }

    /// <summary>The operations of the group; empty (also for <c>default</c>) where nothing has to change.</summary>
    public ImmutableArray<Draft> Drafts { get => field.IsDefault ? [] : field; private init; }

    /// <summary>What it is about, where nothing has to change: the answer shows how it is.</summary>
    public Touched About { get => field ?? Touched.Nothing; private init; }

    /// <summary>It is so already.</summary>
    public static Decision Unchanged(Touched about) => new() { About = about };

    /// <summary>One operation.</summary>
    public static Decision Of(params ImmutableArray<Draft> drafts) => new() { Drafts = drafts };

    /// <summary>It cannot be done.</summary>
    public static Decision Reject(Rejection rejection) => new() { Rejection = rejection };

    /// <summary>It cannot be done.</summary>
    public static Decision Reject(ErrorCode code, string detail) => Reject(new Rejection(code, detail));
}
