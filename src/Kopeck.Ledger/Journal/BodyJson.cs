using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Ledger.Journal;

/// <summary>The canonical JSON of an operation's body: these bytes are stored and hashed. See docs/journal.md.</summary>
public static class BodyJson
{
    // Names and descriptions stay readable; every character that JSON demands escaped is.
    static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    static ArrayBufferWriter<byte>? threadBuffer;

    [ThreadStatic]
    static Utf8JsonWriter? threadWriter;

    /// <summary>The canonical bytes.</summary>
    public static byte[] Write(OperationBody body)
    {
        var buffer = threadBuffer ??= new ArrayBufferWriter<byte>(512);
        buffer.ResetWrittenCount();
        var json = threadWriter ??= new Utf8JsonWriter(buffer, Compact);
        json.Reset(buffer);
        json.WriteStartObject();
        WriteMembers(json, body);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads canonical bytes back. Throws <see cref="FormatException"/> for anything else.</summary>
    public static OperationBody Parse(OperationKind kind, ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return Read(kind, document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or OverflowException or ArgumentException)
        {
            throw new FormatException($"The body of a {kind} is not canonical: {exception.Message}", exception);
        }
    }

    static void WriteMembers(Utf8JsonWriter json, OperationBody body)
    {
        switch (body)
        {
            case MoneyMoved moved:
                WriteMoved(json, moved);
                break;
            case Posted posted:
                WritePosted(json, posted);
                break;
            case BookOpened opened:
                json.WriteString("baseCurrency", opened.BaseCurrency.Code);
                json.WriteNumber("minorUnits", opened.BaseCurrency.MinorUnits);
                json.WriteNumber("quoteMaxAgeDays", opened.QuoteMaxAgeDays);
                break;
            case CustomerRegistered registered:
                json.WriteString("country", registered.Country.Value);
                json.WriteString("personalDigest", registered.PersonalDigest.ToString());
                break;
            case CustomerChanged changed:
                json.WriteNumber("customer", changed.Customer);
                json.WriteString("country", changed.Country.Value);
                json.WriteString("personalDigest", changed.PersonalDigest.ToString());
                break;
            case CustomerErased erased:
                json.WriteNumber("customer", erased.Customer);
                break;
            case AccountOpened opened:
                json.WriteString("kind", opened.AccountKind.ToString().ToLowerInvariant());
                WriteOptional(json, "customer", opened.Customer);
                WriteCurrency(json, opened.Currency);
                WriteOptional(json, "code", opened.Code?.Value);
                WriteOptional(json, "floorMinor", opened.Floor);
                break;
            case AccountFrozen frozen:
                json.WriteNumber("account", frozen.Account);
                json.WriteString("what", frozen.Status == AccountStatus.Frozen ? "all" : "debits");
                break;
            case AccountUnfrozen unfrozen:
                json.WriteNumber("account", unfrozen.Account);
                break;
            case AccountClosed closed:
                json.WriteNumber("account", closed.Account);
                break;
            case FloorSet floor:
                json.WriteNumber("account", floor.Account);
                WriteCurrency(json, floor.Currency);
                WriteOptional(json, "floorMinor", floor.Floor);
                break;
            case QuotesLoaded quotes:
                WriteQuotes(json, quotes);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(body), body, "unknown body");
        }
    }

    static void WriteMoved(Utf8JsonWriter json, MoneyMoved moved)
    {
        json.WriteNumber("from", moved.From);
        json.WriteNumber("to", moved.To);
        json.WriteNumber("amountMinor", moved.AmountMinor);
        WriteCurrency(json, moved.Currency);
        if (moved.Exchange is { } exchange)
        {
            json.WriteStartObject("exchange");
            json.WriteString("from", exchange.From);
            json.WriteString("to", exchange.To);
            json.WriteString("rate", exchange.Rate);
            WriteUsedQuote(json, "fromQuote", exchange.FromQuote);
            WriteUsedQuote(json, "toQuote", exchange.ToQuote);
            json.WriteEndObject();
        }

        WriteRemarks(json, moved.Description, moved.Metadata);
    }

    static void WriteUsedQuote(Utf8JsonWriter json, string name, UsedQuote quote)
    {
        json.WriteStartObject(name);
        json.WriteString("rate", quote.Rate.ToString());
        json.WriteString("date", Date(quote.Date));
        json.WriteNumber("revision", quote.Revision);
        json.WriteEndObject();
    }

    static void WritePosted(Utf8JsonWriter json, Posted posted)
    {
        json.WriteStartArray("legs");
        foreach (var leg in posted.Legs)
        {
            json.WriteStartObject();
            json.WriteNumber("from", leg.From);
            json.WriteNumber("to", leg.To);
            json.WriteNumber("amountMinor", leg.AmountMinor);
            WriteCurrency(json, leg.Currency);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteRemarks(json, posted.Description, posted.Metadata);
    }

    static void WriteQuotes(Utf8JsonWriter json, QuotesLoaded quotes)
    {
        json.WriteString("date", Date(quotes.Date));
        json.WriteString("source", quotes.Source.Value);
        json.WriteStartArray("quotes");
        foreach (var quote in quotes.Quotes)
        {
            json.WriteStartObject();
            json.WriteString("currency", quote.Currency);
            json.WriteString("rate", quote.Rate.ToString());
            WriteOptional(json, "feedBase", quote.FeedBase);
            WriteOptional(json, "figure", quote.Figure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteRemarks(Utf8JsonWriter json, Description? description, Metadata? metadata)
    {
        WriteOptional(json, "description", description?.Value);
        if (metadata is { } value)
        {
            json.WritePropertyName("metadata");
            json.WriteRawValue(value.Value, skipInputValidation: true);
        }
    }

    static void WriteCurrency(Utf8JsonWriter json, Currency currency)
    {
        json.WriteString("currency", currency.Code);
        json.WriteNumber("minorUnits", currency.MinorUnits);
    }

    static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    static void WriteOptional(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }

    static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static OperationBody Read(OperationKind kind, JsonElement json) => kind switch
    {
        OperationKind.BookOpened => new BookOpened(
            new Currency(Text(json, "baseCurrency"), json.GetProperty("minorUnits").GetInt32()), json.GetProperty("quoteMaxAgeDays").GetInt32()),
        OperationKind.CustomerRegistered => new CustomerRegistered(Country(json), ReadDigest(json)),
        OperationKind.CustomerChanged => new CustomerChanged(Number(json, "customer"), Country(json), ReadDigest(json)),
        OperationKind.CustomerErased => new CustomerErased(Number(json, "customer")),
        OperationKind.AccountOpened => new AccountOpened(
            Enum.Parse<AccountKind>(Text(json, "kind"), ignoreCase: true),
            OptionalNumber(json, "customer"),
            ReadCurrency(json),
            OptionalText(json, "code") is { } code ? AccountCode.Parse(code) : null,
            OptionalNumber(json, "floorMinor")),
        OperationKind.AccountFrozen => new AccountFrozen(Number(json, "account"), Text(json, "what") == "all" ? AccountStatus.Frozen : AccountStatus.DebitsFrozen),
        OperationKind.AccountUnfrozen => new AccountUnfrozen(Number(json, "account")),
        OperationKind.AccountClosed => new AccountClosed(Number(json, "account")),
        OperationKind.FloorSet => new FloorSet(Number(json, "account"), ReadCurrency(json), OptionalNumber(json, "floorMinor")),
        OperationKind.QuotesLoaded => new QuotesLoaded(ReadDate(json, "date"), QuoteSource.Parse(Text(json, "source")), [.. json.GetProperty("quotes").EnumerateArray().Select(ReadQuote)]),
        OperationKind.Deposit or OperationKind.Withdrawal or OperationKind.Transfer => new MoneyMoved(
            kind, Number(json, "from"), Number(json, "to"), Number(json, "amountMinor"), ReadCurrency(json), ReadDescription(json), ReadMetadata(json),
            json.TryGetProperty("exchange", out var exchange) ? ReadExchange(exchange) : null),
        OperationKind.Posting => new Posted([.. json.GetProperty("legs").EnumerateArray().Select(ReadLeg)], ReadDescription(json), ReadMetadata(json)),
        _ => throw new FormatException($"There is no operation kind {(int)kind}"),
    };

    static LoadedQuote ReadQuote(JsonElement json) =>
        new(Text(json, "currency"), ReadRate(json), OptionalText(json, "feedBase"), OptionalText(json, "figure"));

    static PostedLeg ReadLeg(JsonElement json) => new(Number(json, "from"), Number(json, "to"), Number(json, "amountMinor"), ReadCurrency(json));

    static Exchange ReadExchange(JsonElement json) =>
        new(Text(json, "from"), Text(json, "to"), Text(json, "rate"), ReadUsedQuote(json.GetProperty("fromQuote")), ReadUsedQuote(json.GetProperty("toQuote")));

    static UsedQuote ReadUsedQuote(JsonElement json) => new(ReadRate(json), ReadDate(json, "date"), Number(json, "revision"));

    static QuoteRate ReadRate(JsonElement json) =>
        QuoteRate.TryParse(Text(json, "rate"), out var rate, out var error) ? rate : throw new FormatException(error.Detail);

    static Currency ReadCurrency(JsonElement json) => new(Text(json, "currency"), json.GetProperty("minorUnits").GetInt32());

    static CountryCode Country(JsonElement json) => CountryCode.Parse(Text(json, "country"));

    static Description? ReadDescription(JsonElement json) => OptionalText(json, "description") is { } text ? Description.Parse(text) : null;

    static Metadata? ReadMetadata(JsonElement json) => json.TryGetProperty("metadata", out var value) ? Metadata.Parse(value.GetRawText()) : null;

    static Digest ReadDigest(JsonElement json) =>
        Digest.TryParse(Text(json, "personalDigest"), out var digest) ? digest : throw new FormatException("personalDigest is not 64 hexadecimal digits");

    static DateOnly ReadDate(JsonElement json, string name) => DateOnly.ParseExact(Text(json, name), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    static string? OptionalText(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    static long Number(JsonElement json, string name) => json.GetProperty(name).GetInt64();

    static long? OptionalNumber(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetInt64() : null;
}
