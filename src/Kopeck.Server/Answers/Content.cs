using System.Text.Json;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Reference;
using Kopeck.Server.Calls;

namespace Kopeck.Server.Answers;

/// <summary>What a call answers, before it takes an interface's form.</summary>
public abstract record Content
{
    /// <summary>Writes it as the HTTP interface answers it.</summary>
    internal abstract void WriteJson(Utf8JsonWriter json);
}

/// <summary>An operation.</summary>
/// <param name="FirstNew">In a dry run the number from which on ids are not real; null otherwise.</param>
public sealed record OperationContent(Operation Operation, long? FirstNew = null) : Content
{
    /// <summary>The answer of a call that made operations.</summary>
    public static OperationContent Of(Outcome outcome) => new(outcome.Answer, outcome.IsDryRun ? outcome.Group[0].Number : null);

    internal override void WriteJson(Utf8JsonWriter json) => OperationJson.Write(json, Operation, FirstNew);
}

/// <summary>An account.</summary>
/// <param name="AsOf">The number that it is as of; null in a dry run, which knows neither numbers nor new ids.</param>
public sealed record AccountContent(Account Account, long? AsOf, bool IsNew = false) : Content
{
    /// <summary>The owner; null where a dry run would register it.</summary>
    public long? Customer => IsNew && Account.Customer == Account.Id - 1 && AsOf is null ? null : Account.Customer;

    internal override void WriteJson(Utf8JsonWriter json) => AccountJson.Write(json, this);
}

/// <summary>A customer, with its wallets where they are part of the answer.</summary>
public sealed record CustomerContent(Customer Customer, long? AsOf, IReadOnlyList<AccountContent>? Wallets = null, bool IsNew = false) : Content
{
    internal override void WriteJson(Utf8JsonWriter json) => CustomerJson.Write(json, this);
}

/// <summary>A list.</summary>
/// <param name="Next">The cursor to go on with; null at the end.</param>
public sealed record ListContent(IReadOnlyList<Content> Items, string? Next = null) : Content
{
    internal override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteMembers(json);
        json.WriteEndObject();
    }

    internal void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteStartArray("items");
        foreach (var item in Items)
            item.WriteJson(json);
        json.WriteEndArray();
        json.WriteString("next", Next);
    }
}

/// <summary>A quote.</summary>
public sealed record QuoteContent(Quote Quote) : Content
{
    internal override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("currency", Quote.Currency);
        json.WriteString("date", JsonText.Date(Quote.Date));
        json.WriteString("rate", Quote.Rate.ToString());
        json.WriteId("revision", Quote.Revision);
        json.WriteString("source", Quote.Source.Value);
        json.WriteEndObject();
    }
}

/// <summary>The quotes in force on a date.</summary>
public sealed record QuotesInForceContent(DateOnly Date, string BaseCurrency, ListContent Quotes) : Content
{
    internal override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("date", JsonText.Date(Date));
        json.WriteString("baseCurrency", BaseCurrency);
        Quotes.WriteMembers(json);
        json.WriteEndObject();
    }
}

/// <summary>An API key; with its secret when it was just made.</summary>
public sealed record KeyContent(ApiKey Key, string? Secret = null) : Content
{
    internal override void WriteJson(Utf8JsonWriter json) => InstanceJson.WriteKey(json, this);
}

/// <summary>A book: its row, or in a dry run its terms only; with its administrator's secret when it was just opened.</summary>
public sealed record BookContent(string Name, string BaseCurrency, int QuoteMaxAgeDays, Head? Head = null, string? Secret = null) : Content
{
    /// <summary>A book as it is stored.</summary>
    public static BookContent Of(BookRow row, string? secret = null) => new(row.Book.Value, row.BaseCurrency, row.QuoteMaxAgeDays, row.Head, secret);

    internal override void WriteJson(Utf8JsonWriter json) => InstanceJson.WriteBook(json, this);
}

/// <summary>What became of a batch.</summary>
public sealed record BatchContent(BatchOutcome Batch) : Content
{
    internal override void WriteJson(Utf8JsonWriter json) => BatchCalls.WriteOutcomes(json, Batch);
}

/// <summary>A currency of ISO 4217 that can hold money.</summary>
public sealed record CurrencyContent(IsoCurrency Currency) : Content
{
    internal override void WriteJson(Utf8JsonWriter json) => ReferenceJson.Write(json, Currency);
}

/// <summary>A country.</summary>
public sealed record CountryContent(Country Country) : Content
{
    internal override void WriteJson(Utf8JsonWriter json) => ReferenceJson.Write(json, Country);
}

/// <summary>A city.</summary>
public sealed record CityContent(City City) : Content
{
    internal override void WriteJson(Utf8JsonWriter json) => ReferenceJson.Write(json, City);
}

/// <summary>A feed of the journal: it has no end, and no JSON of its own.</summary>
/// <param name="Watch">Pages of operations in order; an empty one says that time has passed.</param>
public sealed record JournalContent(Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<Operation>>> Watch) : Content
{
    /// <summary>The media type over HTTP: server-sent events (WHATWG HTML, section 9.2).</summary>
    public const string EventStream = "text/event-stream";

    internal override void WriteJson(Utf8JsonWriter json) => throw new NotSupportedException("A feed is written event by event");
}
