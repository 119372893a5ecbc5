using Google.Protobuf.Reflection;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Kopeck.Server.Answers;
using Kopeck.Server.Grpc.Reading;
using static Kopeck.Server.Grpc.Messages.AccountMessages;

namespace Kopeck.Server.Grpc.Messages;

/// <summary>Operations as messages.</summary>
static class OperationMessages
{
    public static V1.Operation ToMessage(OperationContent content)
    {
        var operation = content.Operation;
        var isReal = content.FirstNew is null;
        var message = new V1.Operation
        {
            Id = isReal ? Id(operation.Number) : "",
            Group = isReal ? Id(operation.Group) : "",
            // The stored numbers are the enum's.
            Kind = (V1.OperationKind)(int)operation.Kind,
            At = Timestamps.From(operation.At),
            Actor = operation.Actor.Value,
            Metadata = "{}",
            Hash = isReal ? operation.Hash.ToString() : "",
        };
        if (operation.Key is { } key)
            message.Key = key.Value;
        foreach (var entry in operation.Entries)
            message.Entries.Add(ToMessage(entry, content.FirstNew));
        AddBody(message, operation, isReal);
        return message;
    }

    public static V1.Outcome ToMessage(Outcome outcome, MessageDescriptor item)
    {
        var message = new V1.Outcome { Replayed = outcome.IsReplay };
        if (outcome.Rejection is { } rejection)
            message.Error = ErrorStatus.ToStatus(rejection, item);
        else
            message.Operation = ToMessage(OperationContent.Of(outcome));
        return message;
    }

    static V1.Entry ToMessage(Entry entry, long? firstNew)
    {
        var message = new V1.Entry
        {
            Amount = new V1.Money { Amount = MoneyText.Format(entry.Amount, entry.Currency.MinorUnits), Currency = entry.Currency.Code },
            Balance = new V1.Money { Amount = MoneyText.Format(entry.Balance, entry.Currency.MinorUnits), Currency = entry.Currency.Code },
        };
        if (!(entry.Account >= firstNew))
            message.Account = Id(entry.Account);
        return message;
    }

    static void AddBody(V1.Operation message, Operation operation, bool isReal)
    {
        switch (operation.Body)
        {
            case MoneyMoved moved:
                if (moved.Exchange is { } exchange)
                    message.Exchange = ToMessage(exchange);
                AddRemarks(message, moved.Description?.Value, moved.Metadata?.Value);
                break;
            case Posted posted:
                AddRemarks(message, posted.Description?.Value, posted.Metadata?.Value);
                break;
            case BookOpened opened:
                message.BaseCurrency = opened.BaseCurrency.Code;
                message.QuoteMaxAgeDays = opened.QuoteMaxAgeDays;
                break;
            case CustomerRegistered:
                message.Customer = Id(operation.Number);
                break;
            case CustomerChanged changed:
                message.Customer = Id(changed.Customer);
                break;
            case CustomerErased erased:
                message.Customer = Id(erased.Customer);
                break;
            case AccountOpened opened:
                if (isReal)
                    message.Account = Id(operation.Number);
                message.AccountKind = Kind(opened.AccountKind);
                message.Currency = opened.Currency.Code;
                break;
            case AccountFrozen frozen:
                message.Account = Id(frozen.Account);
                message.What = frozen.Status == AccountStatus.Frozen ? V1.FreezeScope.All : V1.FreezeScope.Debits;
                break;
            case AccountUnfrozen unfrozen:
                message.Account = Id(unfrozen.Account);
                break;
            case AccountClosed closed:
                message.Account = Id(closed.Account);
                break;
            case FloorSet floor:
                message.Account = Id(floor.Account);
                if (floor.Floor is { } minor)
                    message.Floor = MoneyText.Format(minor, floor.Currency.MinorUnits);
                break;
            case QuotesLoaded loaded:
                message.Date = JsonText.Date(loaded.Date);
                message.Source = loaded.Source.Value;
                foreach (var quote in loaded.Quotes)
                    message.Quotes.Add(quote.Currency, quote.Rate.ToString());
                break;
        }
    }

    static void AddRemarks(V1.Operation message, string? description, string? metadata)
    {
        if (description is not null)
            message.Description = description;
        if (metadata is not null)
            message.Metadata = metadata;
    }

    static V1.Exchange ToMessage(Exchange exchange) => new()
    {
        From = exchange.From,
        To = exchange.To,
        Rate = exchange.Rate,
        FromQuote = ToMessage(exchange.FromQuote),
        ToQuote = ToMessage(exchange.ToQuote),
    };

    static V1.UsedQuote ToMessage(UsedQuote quote) => new() { Rate = quote.Rate.ToString(), Date = JsonText.Date(quote.Date), Revision = Id(quote.Revision) };
}
