using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Customers;

/// <summary>A customer as one operation left it.</summary>
public sealed record Customer
{
    /// <summary>The number of the operation that registered it.</summary>
    public required long Id { get; init; }

    /// <summary>Where the customer lives.</summary>
    public required CountryCode Country { get; init; }

    /// <summary>The personal values; null once erased.</summary>
    public CustomerDetails? Details { get; init; }

    /// <summary>Whether the personal values were erased.</summary>
    public bool IsErased { get; init; }

    /// <summary>The last operation that changed it.</summary>
    public required long Changed { get; init; }
}
