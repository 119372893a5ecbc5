using System.Collections.Immutable;

namespace Kopeck.Ledger.Errors;

/// <summary>Why a request was not done. Nothing of it was written.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Detail">For people; says what to do.</param>
public sealed record Rejection(ErrorCode Code, string Detail)
{
    /// <summary>The members that are wrong.</summary>
    public ImmutableArray<FieldProblem> Fields { get; init; } = [];

    /// <summary>How many more are wrong than are told.</summary>
    public int MoreFields { get; init; }

    /// <summary>The customers whom an ambiguous name may mean.</summary>
    public ImmutableArray<NameCandidate> Candidates { get; init; } = [];

    /// <summary>The place of the first failing item of an atomic batch, from 0.</summary>
    public int? Item { get; init; }

    /// <summary>Why that item failed.</summary>
    public Rejection? ItemRejection { get; init; }

    /// <summary>Wrong fields.</summary>
    public static Rejection InvalidFields(params ImmutableArray<FieldProblem> fields) =>
        new(ErrorCode.InvalidFields, fields.Length == 1 ? Tell(fields[0]) : $"{fields.Length} fields are not valid") { Fields = fields };

    static string Tell(FieldProblem field) => field.Pointer.Length == 0 ? field.Detail : $"{field.Pointer}: {field.Detail}";
}
