using System.Globalization;
using System.Text.Json;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Ledger.Journal.Codec;

/// <summary>
/// Reads canonical JSON back. What was once accepted is accepted for ever: texts are taken as they stand, whatever today's limits of their
/// fields say. Members throw <see cref="FormatException"/>, <see cref="KeyNotFoundException"/> or <see cref="InvalidOperationException"/>
/// for what no program ever wrote.
/// </summary>
/// <param name="json">An object. <c>default</c> has no members.</param>
public readonly struct Stored(JsonElement json)
{
    /// <summary>A text.</summary>
    public string Text(string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    /// <summary>A text; null where there is none.</summary>
    public string? OptionalText(string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>A whole number.</summary>
    public long Number(string name) => json.GetProperty(name).GetInt64();

    /// <summary>A whole number; null where there is none.</summary>
    public long? OptionalNumber(string name) => json.TryGetProperty(name, out var value) ? value.GetInt64() : null;

    /// <summary>A count.</summary>
    public int Count(string name) => json.GetProperty(name).GetInt32();

    /// <summary>A day.</summary>
    public DateOnly Date(string name) => DateOnly.ParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A digest.</summary>
    public Digest Digest(string name) =>
        Journal.Digest.TryParse(Text(name), out var digest) ? digest : throw new FormatException($"{name} is not 64 hexadecimal digits");

    /// <summary>A quote's two figures.</summary>
    public QuotePair Pair() => QuotePair.Parse(Text("units"), Text("base"));

    /// <summary>A currency with the minor unit of the day it was written.</summary>
    /// <param name="name">Of the code.</param>
    public Currency Currency(string name = "currency") => new(Text(name), Count("minorUnits"));

    /// <summary>An object within it.</summary>
    public Stored Object(string name) => new(json.GetProperty(name));

    /// <summary>An object within it; null where there is none.</summary>
    public Stored? OptionalObject(string name) => json.TryGetProperty(name, out var value) ? new Stored(value) : null;

    /// <summary>The objects of an array.</summary>
    public IEnumerable<Stored> Objects(string name) => json.GetProperty(name).EnumerateArray().Select(item => new Stored(item));

    /// <summary>What it was for.</summary>
    public Description? Description() => OptionalText("description") is { } text ? Fields.Description.Restore(text) : null;

    /// <summary>The caller's own object.</summary>
    public Metadata? Metadata() => json.TryGetProperty("metadata", out var value) ? Fields.Metadata.Restore(value.GetRawText()) : null;

    /// <summary>How it was converted; null where it was not.</summary>
    public Exchange? Exchange() => OptionalObject("exchange") is { } exchange
        ? new(
            exchange.Text("from"), exchange.Text("to"), exchange.Text("rate"), exchange.Date("date"),
            exchange.Object("fromQuote").UsedQuote(), exchange.Object("toQuote").UsedQuote())
        : null;

    UsedQuote UsedQuote() => new(Pair(), Date("date"), Number("revision"));
}
