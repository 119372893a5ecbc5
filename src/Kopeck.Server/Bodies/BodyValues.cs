using System.Text.Json;
using Kopeck.Ledger.Money;

namespace Kopeck.Server.Bodies;

/// <summary>The values of a body that was read by a shape.</summary>
public sealed class BodyValues(IReadOnlyDictionary<string, object?> values)
{
    /// <summary>A body without members.</summary>
    public static BodyValues Empty { get; } = new(new Dictionary<string, object?>(StringComparer.Ordinal));

    /// <summary>Whether a member was given, be it as null.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>A text, normalised.</summary>
    public string Text(string name) => (string)values[name]!;

    /// <summary>A text, normalised, or null.</summary>
    public string? OptionalText(string name) => (string?)values.GetValueOrDefault(name);

    /// <summary>An id; 0 for one that no object can have.</summary>
    public long Id(string name) => (long)values[name]!;

    /// <summary>An amount.</summary>
    public DecimalAmount Amount(string name) => (DecimalAmount)values[name]!;

    /// <summary>An amount, or null.</summary>
    public DecimalAmount? OptionalAmount(string name) => (DecimalAmount?)values.GetValueOrDefault(name);

    /// <summary>A currency.</summary>
    public Currency Currency(string name) => (Currency)values[name]!;

    /// <summary>A currency, or null.</summary>
    public Currency? OptionalCurrency(string name) => (Currency?)values.GetValueOrDefault(name);

    /// <summary>A whole number, or null.</summary>
    public long? OptionalNumber(string name) => (long?)values.GetValueOrDefault(name);

    /// <summary>A flag; false when it was left out.</summary>
    public bool Flag(string name) => values.GetValueOrDefault(name) is true;

    /// <summary>Words of a list.</summary>
    public IReadOnlyList<string> Texts(string name) => (IReadOnlyList<string>)values[name]!;

    /// <summary>Objects of a list.</summary>
    public IReadOnlyList<BodyValues> Objects(string name) => (IReadOnlyList<BodyValues>)values[name]!;

    /// <summary>Items of a list, as they stand.</summary>
    public IReadOnlyList<JsonElement> Items(string name) => (IReadOnlyList<JsonElement>)values[name]!;
}
