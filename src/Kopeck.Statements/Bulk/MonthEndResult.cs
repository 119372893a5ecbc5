namespace Kopeck.Statements.Bulk;

/// <summary>What came of a month's end.</summary>
/// <param name="Index">The file that names all files with their digests.</param>
/// <param name="Files">How many statements there are now.</param>
/// <param name="Skipped">How many of them were there from an earlier run.</param>
/// <param name="Refused">How many customers have no statement in this format, such as those without a wallet.</param>
/// <param name="Number">The operation that all are drawn at.</param>
public sealed record MonthEndResult(string Index, int Files, int Skipped, int Refused, long Number);
