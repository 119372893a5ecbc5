using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Reading;

/// <summary>Which customers to list; null is any.</summary>
/// <param name="NamePrefix">Folded like the search column.</param>
public sealed record CustomerFilter(string? NamePrefix = null, CustomerCode? Code = null, CountryCode? Country = null);
