namespace Kopeck.Ledger.Fields;

/// <summary>Why a text is not a value of a field.</summary>
/// <param name="Code">Stable, such as <c>too_long</c>; see docs/http.md.</param>
/// <param name="Detail">For people; says what to do.</param>
public sealed record FieldError(string Code, string Detail);
