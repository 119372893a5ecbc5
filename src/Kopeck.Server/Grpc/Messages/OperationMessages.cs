using System.Globalization;
using Google.Protobuf.Reflection;
using Kopeck.Api;
using Kopeck.Api.Answers;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Kopeck.Server.Grpc.Reading;
using static Kopeck.Server.Grpc.Messages.AccountMessages;

namespace Kopeck.Server.Grpc.Messages;

/// <summary>Operations as messages.</summary>
static class OperationMessages
{
    public static V1.Operation ToMessage(OperationAnswer operation)
    {
        var message = new V1.Operation
        {
            Id = operation.Id is { } id ? Id(id) : "",
            Group = operation.Group is { } group ? Id(group) : "",
            // The stored numbers are the enum's.
            Kind = (V1.OperationKind)(int)operation.Kind,
            At = Timestamps.From(operation.At),
            Actor = operation.Actor,
            Metadata = operation.Metadata ?? "{}",
            Hash = operation.Hash?.ToString() ?? "",
        };
        if (operation.Key is { } key)
            message.Key = key;
        foreach (var entry in operation.Entries)
            message.Entries.Add(ToMessage(entry));
        foreach (var leaf in operation.Leaves)
            message.Leaves.Add(leaf.ToString());
        if (operation.Exchange is { } exchange)
            message.Exchange = ToMessage(exchange);
        if (operation.Description is { } description)
            message.Description = description;
        AddParts(message, operation);
        HoldMessages.AddTo(message, operation);
        ReversalMessages.AddTo(message, operation);
        return message;
    }

    /// <param name="item">The message of the item's kind, for the paths of its fields.</param>
    public static V1.Outcome ToMessage(Result<OperationAnswer> outcome, MessageDescriptor item)
    {
        var message = new V1.Outcome { Replayed = outcome.IsReplay };
        if (outcome.Rejection is { } rejection)
            message.Error = ErrorStatus.ToStatus(rejection, item);
        else
            message.Operation = ToMessage(outcome.Value);
        return message;
    }

    static V1.Entry ToMessage(Entry entry)
    {
        var message = new V1.Entry { Amount = AccountMessages.ToMessage(entry.Amount), Balance = AccountMessages.ToMessage(entry.Balance) };
        if (entry.Account is { } account)
            message.Account = Id(account);
        return message;
    }

    /// <summary>What only some kinds have.</summary>
    static void AddParts(V1.Operation message, OperationAnswer operation)
    {
        if (operation.Customer is { } customer)
            message.Customer = Id(customer);
        if (operation.Account is { } account)
            message.Account = Id(account);
        if (operation.AccountKind is { } kind)
            message.AccountKind = Kind(kind);
        if (operation.Currency is { } currency)
            message.Currency = currency;
        if (operation.What is { } what)
            message.What = what == AccountStatus.Frozen ? V1.FreezeScope.All : V1.FreezeScope.Debits;
        if (operation.Floor is { } floor)
            message.Floor = floor.Amount.ToString(CultureInfo.InvariantCulture);
        if (operation.Quotes is { } loaded)
        {
            message.Date = OtherMessages.Date(loaded.Date);
            message.Source = loaded.Source.Value;
            foreach (var quote in loaded.Quotes)
                message.Quotes.Add(quote.Currency, ToMessage(quote.Pair));
        }

        if (operation.BaseCurrency is { } baseCurrency)
            message.BaseCurrency = baseCurrency;
        if (operation.Terms is { } terms)
        {
            message.QuoteMaxAgeDays = terms.QuoteMaxAgeDays;
            message.TimeZone = terms.TimeZone.Value;
            if (terms.ClockStandsAt is { } stand)
                message.ClockStandsAt = Timestamps.From(stand);
        }
    }

    internal static V1.Exchange ToMessage(Exchange exchange) => new()
    {
        From = exchange.From,
        To = exchange.To,
        Rate = exchange.Rate,
        Date = OtherMessages.Date(exchange.Date),
        FromQuote = ToMessage(exchange.FromQuote),
        ToQuote = ToMessage(exchange.ToQuote),
    };

    static V1.UsedQuote ToMessage(UsedQuote quote) => new()
    {
        Units = quote.Pair.Units.ToString(),
        Base = quote.Pair.Base.ToString(),
        Date = OtherMessages.Date(quote.Date),
        Revision = Id(quote.Revision),
    };

    public static V1.QuotePair ToMessage(QuotePair pair) => new() { Units = pair.Units.ToString(), Base = pair.Base.ToString() };
}
