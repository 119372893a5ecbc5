namespace Kopeck.Ledger.Errors;

/// <summary>A customer whom an ambiguous name may mean.</summary>
public sealed record NameCandidate(long Id, string? Name, string? Code, string Country, string? City);
