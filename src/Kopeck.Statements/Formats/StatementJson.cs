using System.Globalization;
using System.Text.Json;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats;

/// <summary>The parts of a statement as JSON members: JSON and NDJSON have the same.</summary>
static class StatementJson
{
    public static JsonWriterOptions Options { get; } = new() { Encoder = CanonicalText.Encoder, SkipValidation = true };

    public static void WriteHeader(Utf8JsonWriter json, Statement statement)
    {
        json.WriteString("book", statement.Book.Value);
        json.WriteString("baseCurrency", statement.BaseCurrency.Code);
        WritePin(json, statement.Pin);
        var period = statement.Period;
        json.WriteStartObject("period");
        json.WriteString("since", period.Since?.ToString());
        json.WriteString("until", period.Until?.ToString());
        json.WriteString("start", period.Start.ToString());
        json.WriteString("end", period.End.ToString());
        json.WriteBoolean("open", period.IsOpen);
        json.WriteString("timeZone", period.Zone.Id);
        json.WriteString("firstDay", PlainText.Of(period.FirstDay));
        json.WriteString("lastDay", PlainText.Of(period.LastDay));
        json.WriteEndObject();
        if (statement.Customer is not { } customer)
        {
            json.WriteNull("customer");
            return;
        }

        json.WriteStartObject("customer");
        WriteId(json, "id", customer.Id);
        json.WriteString("name", customer.Details?.Name.Value);
        json.WriteString("code", customer.Details?.Code?.Value);
        json.WriteString("country", customer.Country.Value);
        json.WriteString("city", customer.Details?.City.ToString());
        json.WriteBoolean("erased", customer.IsErased);
        json.WriteEndObject();
    }

    public static void WritePin(Utf8JsonWriter json, Head pin)
    {
        json.WriteStartObject("pin");
        WriteId(json, "number", pin.Number);
        json.WriteString("hash", pin.Hash.ToString());
        json.WriteString("at", pin.At.ToString());
        json.WriteEndObject();
    }

    public static void WriteAccount(Utf8JsonWriter json, StatementSection section)
    {
        WriteId(json, "wallet", section.Account.Account);
        json.WriteString("code", section.Account.Code?.Value);
        WriteMoney(json, "opening", section.Opening, section.Currency);
        json.WriteString("currency", section.Currency.Code);
        json.WriteString("status", PlainText.Of(section.Status));
    }

    public static void WriteLine(Utf8JsonWriter json, StatementLine line, Currency currency, Statement statement)
    {
        var baseCurrency = statement.BaseCurrency;
        WriteId(json, "number", line.Number);
        json.WriteNumber("place", line.Place);
        json.WriteString("at", line.At.ToString());
        json.WriteString("date", PlainText.Of(statement.Zone.DayOf(line.At)));
        json.WriteString("kind", line.Kind.Name());
        WriteCounterparty(json, line.Counterparty);
        json.WriteString("description", line.Description);
        if (line.Hold is { } hold)
            WriteId(json, "hold", hold);
        if (line.Reverses is { } reversed)
            WriteId(json, "reverses", reversed);
        WriteMoney(json, "amount", line.Amount, currency);
        if (line.Original is { } original)
        {
            json.WriteStartObject("original");
            WriteMoney(json, "amount", original.AmountMinor, original.Currency);
            json.WriteString("currency", original.Currency.Code);
            json.WriteString("rate", original.Rate);
            json.WriteString("from", original.From);
            json.WriteString("to", original.To);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("original");
        }

        WriteMoney(json, "balance", line.Balance, currency);
        json.WriteString("worth", AmountText.Format(line.Worth, baseCurrency));
    }

    public static void WriteTotals(Utf8JsonWriter json, StatementSection section, Currency baseCurrency, Int128? closingWorth)
    {
        var totals = section.Totals;
        WriteMoney(json, "closing", section.Closing, section.Currency);
        if (section.Available is { } available)
        {
            WriteMoney(json, "held", section.Held, section.Currency);
            WriteMoney(json, "available", available, section.Currency);
        }

        json.WriteString("closingWorth", AmountText.Format(closingWorth, baseCurrency));
        WriteSide(json, "credits", totals.Sums.CreditCount, totals.Sums.Credits, totals.WorthOfCredits, section.Currency, baseCurrency);
        WriteSide(json, "debits", totals.Sums.DebitCount, totals.Sums.Debits, totals.WorthOfDebits, section.Currency, baseCurrency);
        json.WriteString("total", AmountText.Format(totals.Net, section.Currency));
        json.WriteString("totalWorth", AmountText.Format(totals.Worth, baseCurrency));
        json.WriteNumber("withoutQuote", totals.Unquoted);
    }

    public static void WriteHold(Utf8JsonWriter json, Hold hold)
    {
        WriteId(json, "id", hold.Id);
        json.WriteString("to", StatementHolds.Receiver(hold));
        WriteMoney(json, "authorised", hold.State.Authorised, hold.Currency);
        if (hold.State.MaxAmount is { } most)
            WriteMoney(json, "maxAmount", most, hold.Currency);
        else
            json.WriteNull("maxAmount");
        WriteMoney(json, "captured", hold.State.Captured, hold.Currency);
        WriteMoney(json, "released", hold.State.Released, hold.Currency);
        WriteMoney(json, "remaining", hold.State.Remaining, hold.Currency);
        json.WriteString("expiresAt", hold.State.ExpiresAt?.ToString());
    }

    public static void WriteEnd(Utf8JsonWriter json, Statement statement, StatementStyle style)
    {
        var totals = statement.Totals;
        json.WriteStartObject("totals");
        json.WriteNumber("lines", totals.Sums.CreditCount + totals.Sums.DebitCount);
        json.WriteString("worthOfCredits", AmountText.Format(totals.WorthOfCredits, statement.BaseCurrency));
        json.WriteString("worthOfDebits", AmountText.Format(totals.WorthOfDebits, statement.BaseCurrency));
        json.WriteString("worth", AmountText.Format(totals.Worth, statement.BaseCurrency));
        json.WriteNumber("withoutQuote", totals.Unquoted);
        json.WriteEndObject();
        json.WriteString("notice", Notices.NoQuote(statement, style.Language));
    }

    static void WriteSide(Utf8JsonWriter json, string name, long count, Int128 sum, Int128? worth, Currency currency, Currency baseCurrency)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", count);
        json.WriteString("sum", AmountText.Format(sum, currency));
        json.WriteString("worth", AmountText.Format(worth, baseCurrency));
        json.WriteEndObject();
    }

    static void WriteCounterparty(Utf8JsonWriter json, Party? party)
    {
        if (party is null)
        {
            json.WriteNull("counterparty");
            return;
        }

        json.WriteStartObject("counterparty");
        WriteId(json, "account", party.Account);
        json.WriteString("code", party.Code?.Value);
        json.WriteString("customer", party.Customer?.ToString(CultureInfo.InvariantCulture));
        json.WriteString("customerName", party.Name?.Value);
        json.WriteString("customerCode", party.CustomerCode?.Value);
        json.WriteEndObject();
    }

    static void WriteMoney(Utf8JsonWriter json, string name, long minor, Currency currency)
    {
        Span<byte> text = stackalloc byte[MoneyText.MaxLength];
        MoneyText.TryFormat(text, minor, currency.MinorUnits, out var length);
        json.WriteString(name, text[..length]);
    }

    static void WriteId(Utf8JsonWriter json, string name, long id)
    {
        Span<byte> text = stackalloc byte[20];
        id.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }
}
