using System.Text.Json;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Server.Answers;

/// <summary>Operations as JSON.</summary>
static class OperationJson
{
    /// <summary>An operation as a JSON object.</summary>
    /// <param name="firstNew">In a dry run the number from which on ids are not real; null otherwise.</param>
    public static void Write(Utf8JsonWriter json, Operation operation, long? firstNew = null)
    {
        json.WriteStartObject();
        if (firstNew is null)
        {
            json.WriteId("id", operation.Number);
            json.WriteId("group", operation.Group);
        }

        json.WriteString("kind", operation.Kind.Name());
        json.WriteString("at", operation.At.ToString());
        json.WriteString("actor", operation.Actor.Value);
        json.WriteString("key", operation.Key?.Value);
        WriteEntries(json, operation, firstNew);
        WriteBody(json, operation);
        if (firstNew is null)
            json.WriteString("hash", operation.Hash.ToString());
        json.WriteEndObject();
    }

    static void WriteEntries(Utf8JsonWriter json, Operation operation, long? firstNew)
    {
        json.WriteStartArray("entries");
        foreach (var entry in operation.Entries)
        {
            json.WriteStartObject();
            json.WriteOptionalId("account", entry.Account >= firstNew ? null : entry.Account);
            json.WriteString("amount", MoneyText.Format(entry.Amount, entry.Currency.MinorUnits));
            json.WriteString("currency", entry.Currency.Code);
            json.WriteString("balance", MoneyText.Format(entry.Balance, entry.Currency.MinorUnits));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteBody(Utf8JsonWriter json, Operation operation)
    {
        switch (operation.Body)
        {
            case MoneyMoved moved:
                WriteExchange(json, moved.Exchange);
                WriteRemarks(json, moved.Description?.Value, moved.Metadata?.Value);
                return;
            case Posted posted:
                WriteRemarks(json, posted.Description?.Value, posted.Metadata?.Value);
                return;
            case BookOpened opened:
                json.WriteString("baseCurrency", opened.BaseCurrency.Code);
                json.WriteNumber("quoteMaxAgeDays", opened.QuoteMaxAgeDays);
                break;
            case CustomerRegistered:
                json.WriteId("customer", operation.Number);
                break;
            case CustomerChanged changed:
                json.WriteId("customer", changed.Customer);
                break;
            case CustomerErased erased:
                json.WriteId("customer", erased.Customer);
                break;
            case AccountOpened opened:
                json.WriteId("account", operation.Number);
                json.WriteString("accountKind", AccountJson.Name(opened.AccountKind));
                json.WriteString("currency", opened.Currency.Code);
                break;
            case AccountFrozen frozen:
                json.WriteId("account", frozen.Account);
                json.WriteString("what", frozen.Status == AccountStatus.Frozen ? "all" : "debits");
                break;
            case AccountUnfrozen unfrozen:
                json.WriteId("account", unfrozen.Account);
                break;
            case AccountClosed closed:
                json.WriteId("account", closed.Account);
                break;
            case FloorSet floor:
                json.WriteId("account", floor.Account);
                json.WriteString("floor", floor.Floor is { } minor ? MoneyText.Format(minor, floor.Currency.MinorUnits) : null);
                break;
            case QuotesLoaded loaded:
                WriteQuotes(json, loaded);
                break;
        }

        WriteRemarks(json, null, null);
    }

    static void WriteQuotes(Utf8JsonWriter json, QuotesLoaded loaded)
    {
        json.WriteString("date", JsonText.Date(loaded.Date));
        json.WriteString("source", loaded.Source.Value);
        json.WriteStartObject("quotes");
        foreach (var quote in loaded.Quotes)
            json.WriteString(quote.Currency, quote.Rate.ToString());
        json.WriteEndObject();
    }

    static void WriteExchange(Utf8JsonWriter json, Exchange? exchange)
    {
        if (exchange is null)
            return;
        json.WriteStartObject("exchange");
        json.WriteString("from", exchange.From);
        json.WriteString("to", exchange.To);
        json.WriteString("rate", exchange.Rate);
        WriteQuote(json, "fromQuote", exchange.FromQuote);
        WriteQuote(json, "toQuote", exchange.ToQuote);
        json.WriteEndObject();
    }

    static void WriteQuote(Utf8JsonWriter json, string name, UsedQuote quote)
    {
        json.WriteStartObject(name);
        json.WriteString("rate", quote.Rate.ToString());
        json.WriteString("date", JsonText.Date(quote.Date));
        json.WriteId("revision", quote.Revision);
        json.WriteEndObject();
    }

    static void WriteRemarks(Utf8JsonWriter json, string? description, string? metadata)
    {
        json.WriteString("description", description);
        json.WriteMetadata("metadata", metadata);
    }
}
