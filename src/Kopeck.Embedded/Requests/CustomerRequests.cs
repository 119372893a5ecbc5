namespace Kopeck.Embedded;

/// <summary>A customer to register.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record RegisterRequest(string? Name, string? Country, string? City) : CallOptions
{
    /// <summary>Your own id of the customer, unique in the book.</summary>
    public string? Code { get; init; }

    /// <summary>A JSON object of your own.</summary>
    public string? Metadata { get; init; }

    /// <summary>Opens the first wallet in this currency too.</summary>
    public string? Currency { get; init; }
}

/// <summary>Changes of a customer: what is left out stays.</summary>
public sealed record ChangeRequest : CallOptions
{
    /// <summary>The new name.</summary>
    public string? Name { get; init; }

    /// <summary>The new country, ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>The new city.</summary>
    public string? City { get; init; }

    /// <summary>The new code of your own.</summary>
    public string? Code { get; init; }

    /// <summary>The new JSON object of your own.</summary>
    public string? Metadata { get; init; }

    /// <summary>The names of what is cleared, such as <c>code</c>.</summary>
    public IReadOnlyList<string> Clear { get; init; } = [];
}
