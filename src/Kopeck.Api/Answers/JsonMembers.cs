using System.Globalization;
using System.Text.Json;
using Kopeck.Ledger;
using Kopeck.Ledger.Money;

namespace Kopeck.Api.Answers;

/// <summary>Members of answers as JSON.</summary>
static class JsonMembers
{
    const int MostDigits = 32;

    public static void WriteId(this Utf8JsonWriter json, string name, long id)
    {
        Span<byte> digits = stackalloc byte[MostDigits];
        id.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        json.WriteString(name, digits[..length]);
    }

    public static void WriteId(this Utf8JsonWriter json, string name, long? id)
    {
        if (id is { } known)
            json.WriteId(name, known);
        else
            json.WriteNull(name);
    }

    public static void WriteMoney(this Utf8JsonWriter json, string name, Money money)
    {
        Span<byte> digits = stackalloc byte[MostDigits];
        money.Amount.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        json.WriteString(name, digits[..length]);
    }

    public static void WriteMoney(this Utf8JsonWriter json, string name, Money? money)
    {
        if (money is { } known)
            json.WriteMoney(name, known);
        else
            json.WriteNull(name);
    }

    public static void WriteInstant(this Utf8JsonWriter json, string name, Instant? at) => json.WriteString(name, at?.ToString());

    public static void WriteDate(this Utf8JsonWriter json, string name, DateOnly date) =>
        json.WriteString(name, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>A quote's two figures, as they were published.</summary>
    public static void WritePair(this Utf8JsonWriter json, QuotePair pair)
    {
        json.WriteString("units", pair.Units.ToString());
        json.WriteString("base", pair.Base.ToString());
    }

    /// <summary>Metadata, which are stored as compact JSON; an empty object where there are none.</summary>
    public static void WriteMetadata(this Utf8JsonWriter json, string name, string? compact)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(compact ?? "{}", skipInputValidation: true);
    }
}
