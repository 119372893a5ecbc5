using System.Globalization;
using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Reference;
using Kopeck.Server.Grpc.Reading;
using static Kopeck.Server.Grpc.Messages.AccountMessages;

namespace Kopeck.Server.Grpc.Messages;

/// <summary>Quotes, keys, books and reference data as messages.</summary>
static class OtherMessages
{
    public static V1.Quote ToMessage(Quote quote) => new()
    {
        Currency = quote.Currency,
        Date = Date(quote.Date),
        Units = quote.Pair.Units.ToString(),
        Base = quote.Pair.Base.ToString(),
        Revision = Id(quote.Revision),
        Source = quote.Source.Value,
    };

    public static V1.QuoteLoad ToMessage(QuoteLoadAnswer answer)
    {
        var outcome = answer.Outcome;
        var message = new V1.QuoteLoad
        {
            Source = outcome.Source.Value,
            FirstDate = Date(outcome.FirstDate),
            LastDate = Date(outcome.LastDate),
            Dates = outcome.Dates,
            Loaded = outcome.Loaded,
            Unchanged = outcome.Unchanged,
            Operations = outcome.Operations,
        };
        if (outcome is { Operation: { } operation, IsDryRun: false })
            message.Operation = Id(operation);
        foreach (var figure in outcome.Skipped)
            message.Skipped.Add(
                new V1.SkippedCurrency { Currency = figure.Currency, Code = figure.Reason.Code, Detail = figure.Reason.Detail });
        return message;
    }

    public static V1.GetQuotesResponse ToMessage(QuotesInForceAnswer answer)
    {
        var message = new V1.GetQuotesResponse { Date = Date(answer.Date), BaseCurrency = answer.BaseCurrency };
        message.Items.AddRange(answer.Quotes.Select(quote => ToMessage(quote.Quote)));
        return message;
    }

    public static V1.ApiKey ToMessage(KeyAnswer key)
    {
        var message = new V1.ApiKey { Name = key.Name, CreatedAt = Timestamps.From(key.CreatedAt) };
        var scopes = V1.KeyReflection.Descriptor.FindTypeByName<Google.Protobuf.Reflection.EnumDescriptor>("KeyScope");
        message.Scopes.AddRange(ScopeNames.List(key.Scopes).Select(scope => EnumWords.Value<V1.KeyScope>(scopes, scope)));
        if (key.RevokedAt is { } at)
            message.RevokedAt = Timestamps.From(at);
        if (key.ExpiresAt is { } end)
            message.ExpiresAt = Timestamps.From(end);
        if (key.LastUsedAt is { } used)
            message.LastUsedAt = Timestamps.From(used);
        if (key.AllowedNetworks is { } networks)
            message.AllowedNetworks = networks;
        if (key.RateLimit is { } limit)
            message.RateLimit = (int)limit;
        if (key.OldSecretUntil is { } until)
            message.OldSecretUntil = Timestamps.From(until);
        return message;
    }

    public static V1.Book ToMessage(BookAnswer book)
    {
        var message = new V1.Book
        {
            Name = book.Name,
            BaseCurrency = book.BaseCurrency,
            QuoteMaxAgeDays = book.QuoteMaxAgeDays,
            TimeZone = book.TimeZone
        };
        if (book.Head is { } head)
            message.Head = new V1.Head { Number = head.Number, Hash = head.Hash.ToString(), At = Timestamps.From(head.At) };
        if (book.ClockStandsAt is { } stand)
            message.ClockStandsAt = Timestamps.From(stand);
        return message;
    }

    public static V1.Currency ToMessage(IsoCurrency currency)
    {
        var message = new V1.Currency
        {
            Code = currency.Code,
            NumericCode = currency.NumericCode,
            MinorUnits = currency.MinorUnits!.Value,
            Name = currency.Name
        };
        if (currency.Symbol is { } symbol)
            message.Symbol = symbol;
        return message;
    }

    public static V1.Country ToMessage(Country country)
    {
        var message =
            new V1.Country { Code = country.Alpha2, Alpha3 = country.Alpha3, NumericCode = country.NumericCode, Name = country.Name };
        message.Currencies.AddRange(country.Currencies);
        return message;
    }

    public static V1.City ToMessage(City city) => new() { Name = city.Name, Country = city.Country, Population = city.Population };

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
