using System.Collections.Immutable;

namespace Kopeck.Ledger.Reference;

/// <summary>A country of ISO 3166-1.</summary>
public sealed record Country
{
    /// <summary>The alpha-2 code, such as <c>FR</c>.</summary>
    public required string Alpha2 { get; init; }

    /// <summary>The alpha-3 code, such as <c>FRA</c>.</summary>
    public required string Alpha3 { get; init; }

    /// <summary>The numeric code: three digits, such as <c>250</c>.</summary>
    public required string NumericCode { get; init; }

    /// <summary>The name in English.</summary>
    public required string Name { get; init; }

    /// <summary>The name in Russian.</summary>
    public required string NameRu { get; init; }

    /// <summary>The codes of the currencies that are legal tender, the most used first; empty where there are none.</summary>
    public required ImmutableArray<string> Currencies { get; init; }
}
