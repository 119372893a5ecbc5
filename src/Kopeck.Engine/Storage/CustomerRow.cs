using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Storage;

/// <summary>A row of <c>customers</c>.</summary>
public readonly record struct CustomerRow(long Customer, CountryCode Country, long Changed, bool IsErased);
