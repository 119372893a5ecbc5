using System.Text.Json;
using Kopeck.Ledger.Commands;

namespace Kopeck.Server.Answers;

/// <summary>What is the instance's rather than a journal's as JSON: books and API keys.</summary>
static class InstanceJson
{
    public static void WriteKey(Utf8JsonWriter json, KeyContent content)
    {
        json.WriteStartObject();
        json.WriteString("name", content.Key.Name.Value);
        json.WriteStartArray("scopes");
        foreach (var scope in ScopeNames.List(content.Key.Scopes))
            json.WriteStringValue(scope);
        json.WriteEndArray();
        json.WriteString("createdAt", content.Key.CreatedAt.ToString());
        json.WriteString("revokedAt", content.Key.RevokedAt?.ToString());
        if (content.Secret is { } secret)
            json.WriteString("key", secret);
        json.WriteEndObject();
    }

    public static void WriteBook(Utf8JsonWriter json, BookContent book)
    {
        json.WriteStartObject();
        json.WriteString("name", book.Name);
        json.WriteString("baseCurrency", book.BaseCurrency);
        json.WriteNumber("quoteMaxAgeDays", book.QuoteMaxAgeDays);
        if (book.Head is { } head)
        {
            json.WriteStartObject("head");
            json.WriteId("number", head.Number);
            json.WriteString("hash", head.Hash.ToString());
            json.WriteString("at", head.At.ToString());
            json.WriteEndObject();
        }

        if (book.Secret is { } secret)
            json.WriteString("key", secret);
        json.WriteEndObject();
    }
}
