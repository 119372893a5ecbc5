using System.Text.Json;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Api.Answers;

/// <summary>Operations as JSON.</summary>
static class OperationJson
{
    public static void Write(Utf8JsonWriter json, OperationAnswer operation)
    {
        json.WriteStartObject();
        if (operation.Id is { } id)
            json.WriteId("id", id);
        if (operation.Group is { } group)
            json.WriteId("group", group);
        json.WriteString("kind", operation.Kind.Name());
        json.WriteString("at", operation.At.ToString());
        json.WriteString("actor", operation.Actor);
        json.WriteString("key", operation.Key);
        json.WriteStartArray("entries");
        foreach (var entry in operation.Entries)
            Write(json, entry);
        json.WriteEndArray();
        if (operation.Holds.Count > 0)
            Write(json, operation.Holds);
        if (operation.Exchange is { } exchange)
            Write(json, exchange);
        WriteParts(json, operation);
        json.WriteString("description", operation.Description);
        json.WriteMetadata("metadata", operation.Metadata);
        if (operation.Hash is { } hash)
            json.WriteString("hash", hash.ToString());
        if (operation.Leaves.Count > 0)
            Write(json, operation.Leaves);
        operation.Reversibility?.WriteMembers(json);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, IReadOnlyList<Digest> leaves)
    {
        json.WriteStartArray("leaves");
        foreach (var leaf in leaves)
            json.WriteStringValue(leaf.ToString());
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, IReadOnlyList<HeldChange> holds)
    {
        json.WriteStartArray("holds");
        foreach (var change in holds)
        {
            json.WriteStartObject();
            json.WriteId("hold", change.Hold);
            json.WriteId("account", change.Account);
            json.WriteString("currency", change.Change.Currency.Code);
            json.WriteMoney("change", change.Change);
            json.WriteMoney("held", change.Held);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, IReadOnlyList<PaidLeg> legs)
    {
        json.WriteStartArray("legs");
        foreach (var leg in legs)
        {
            json.WriteStartObject();
            json.WriteId("to", leg.To);
            json.WriteMoney("taken", leg.Taken);
            json.WriteMoney("received", leg.Received);
            json.WriteString("currency", leg.Received.Currency.Code);
            if (leg.Exchange is { } exchange)
                Write(json, exchange);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, Entry entry)
    {
        json.WriteStartObject();
        json.WriteId("account", entry.Account);
        json.WriteMoney("amount", entry.Amount);
        json.WriteString("currency", entry.Amount.Currency.Code);
        json.WriteMoney("balance", entry.Balance);
        json.WriteEndObject();
    }

    /// <summary>What only some kinds have.</summary>
    static void WriteParts(Utf8JsonWriter json, OperationAnswer operation)
    {
        if (operation.Hold is { } hold)
        {
            json.WritePropertyName("hold");
            hold.WriteJson(json);
        }

        if (operation.Legs.Count > 0)
            Write(json, operation.Legs);
        operation.Reverses?.WriteJson(json);
        if (operation.Customer is { } customer)
            json.WriteId("customer", customer);
        if (operation.Account is { } account || operation.Kind == OperationKind.AccountOpened)
            json.WriteId("account", operation.Account);
        if (operation.AccountKind is { } kind)
            json.WriteString("accountKind", AccountWords.Kinds.Word(kind));
        if (operation.Currency is { } currency)
            json.WriteString("currency", currency);
        if (operation.What is { } what)
            json.WriteString("what", AccountWords.Freezes.Word(what));
        if (operation.Kind == OperationKind.FloorSet)
            json.WriteMoney("floor", operation.Floor);
        if (operation.Quotes is { } quotes)
            Write(json, quotes);
        if (operation.BaseCurrency is { } baseCurrency)
            json.WriteString("baseCurrency", baseCurrency);
        if (operation.Terms is { } terms)
        {
            json.WriteNumber("quoteMaxAgeDays", terms.QuoteMaxAgeDays);
            json.WriteString("timeZone", terms.TimeZone.Value);
            if (terms.ClockStandsAt is { } stand)
                json.WriteInstant("clockStandsAt", stand);
        }
    }

    static void Write(Utf8JsonWriter json, QuotesLoaded loaded)
    {
        json.WriteDate("date", loaded.Date);
        json.WriteString("source", loaded.Source.Value);
        json.WriteStartObject("quotes");
        foreach (var quote in loaded.Quotes)
        {
            json.WriteStartObject(quote.Currency);
            json.WritePair(quote.Pair);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, Exchange exchange)
    {
        json.WriteStartObject("exchange");
        json.WriteString("from", exchange.From);
        json.WriteString("to", exchange.To);
        json.WriteString("rate", exchange.Rate);
        json.WriteDate("date", exchange.Date);
        Write(json, "fromQuote", exchange.FromQuote);
        Write(json, "toQuote", exchange.ToQuote);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, string name, UsedQuote quote)
    {
        json.WriteStartObject(name);
        json.WritePair(quote.Pair);
        json.WriteDate("date", quote.Date);
        json.WriteId("revision", quote.Revision);
        json.WriteEndObject();
    }
}
