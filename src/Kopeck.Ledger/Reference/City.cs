namespace Kopeck.Ledger.Reference;

/// <summary>A city of GeoNames (15,000 people and more, and capitals).</summary>
/// <param name="GeonameId">Its id at GeoNames.</param>
/// <param name="Country">The ISO 3166-1 alpha-2 code.</param>
/// <param name="Admin1">GeoNames' code of the first-level division, which tells cities of one name apart; null where it has none.</param>
/// <param name="Name">The name, in Latin letters mostly.</param>
/// <param name="Population">People; 0 where it is not known.</param>
public sealed record City(int GeonameId, string Country, string? Admin1, string Name, long Population);
