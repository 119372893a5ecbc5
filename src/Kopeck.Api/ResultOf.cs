using Kopeck.Api.Answers;
using Kopeck.Ledger.Errors;

namespace Kopeck.Api;

/// <summary>What became of a call: an answer, or the reason why there is none.</summary>
public sealed record Result<TAnswer> : Result
    where TAnswer : Answer
{
    readonly TAnswer? value;

    Result(TAnswer? value) => this.value = value;

    /// <summary>The answer. Throws <see cref="LedgerException"/> where there is none.</summary>
    public TAnswer Value => Rejection is { } rejection ? throw new LedgerException(rejection) : value!;

    /// <inheritdoc/>
    public override Answer? Answer => value;

    /// <summary>An answer.</summary>
    public static Result<TAnswer> Of(TAnswer answer) => new(answer);

    /// <summary>A refusal.</summary>
    public static Result<TAnswer> Refuse(Rejection rejection) => new((TAnswer?)null) { Rejection = rejection };

    /// <summary>An answer.</summary>
    public static implicit operator Result<TAnswer>(TAnswer answer) => Of(answer);

    /// <summary>A refusal.</summary>
    public static implicit operator Result<TAnswer>(Rejection rejection) => Refuse(rejection);
}
