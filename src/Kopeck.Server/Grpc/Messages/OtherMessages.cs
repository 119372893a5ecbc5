using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Reference;
using Kopeck.Server.Answers;
using Kopeck.Server.Grpc.Reading;
using static Kopeck.Server.Grpc.Messages.AccountMessages;

namespace Kopeck.Server.Grpc.Messages;

/// <summary>Quotes, keys, books and reference data as messages.</summary>
static class OtherMessages
{
    public static V1.Quote ToMessage(Quote quote) => new()
    {
        Currency = quote.Currency,
        Date = JsonText.Date(quote.Date),
        Rate = quote.Rate.ToString(),
        Revision = Id(quote.Revision),
        Source = quote.Source.Value,
    };

    public static V1.GetQuotesResponse ToMessage(QuotesInForceContent content)
    {
        var message = new V1.GetQuotesResponse { Date = JsonText.Date(content.Date), BaseCurrency = content.BaseCurrency };
        message.Items.AddRange(content.Quotes.Items.Select(item => ToMessage(((QuoteContent)item).Quote)));
        return message;
    }

    public static V1.ApiKey ToMessage(KeyContent content)
    {
        var key = content.Key;
        var message = new V1.ApiKey { Name = key.Name.Value, CreatedAt = Timestamps.From(key.CreatedAt) };
        var scopes = V1.KeyReflection.Descriptor.FindTypeByName<Google.Protobuf.Reflection.EnumDescriptor>("KeyScope");
        message.Scopes.AddRange(ScopeNames.List(key.Scopes).Select(scope => EnumWords.Value<V1.KeyScope>(scopes, scope)));
        if (key.RevokedAt is { } at)
            message.RevokedAt = Timestamps.From(at);
        return message;
    }

    public static V1.Book ToMessage(BookContent book)
    {
        var message = new V1.Book { Name = book.Name, BaseCurrency = book.BaseCurrency, QuoteMaxAgeDays = book.QuoteMaxAgeDays };
        if (book.Head is { } head)
            message.Head = new V1.Head { Number = head.Number, Hash = head.Hash.ToString(), At = Timestamps.From(head.At) };
        return message;
    }

    public static V1.Currency ToMessage(IsoCurrency currency)
    {
        var message = new V1.Currency { Code = currency.Code, NumericCode = currency.NumericCode, MinorUnits = currency.MinorUnits!.Value, Name = currency.Name };
        if (currency.Symbol is { } symbol)
            message.Symbol = symbol;
        return message;
    }

    public static V1.Country ToMessage(Country country)
    {
        var message = new V1.Country { Code = country.Alpha2, Alpha3 = country.Alpha3, NumericCode = country.NumericCode, Name = country.Name };
        message.Currencies.AddRange(country.Currencies);
        return message;
    }

    public static V1.City ToMessage(City city) => new() { Name = city.Name, Country = city.Country, Population = city.Population };
}
