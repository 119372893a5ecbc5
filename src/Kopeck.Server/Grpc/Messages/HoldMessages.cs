using System.Globalization;
using Kopeck.Api.Answers;
using Kopeck.Server.Grpc.Reading;
using static Kopeck.Server.Grpc.Messages.AccountMessages;

namespace Kopeck.Server.Grpc.Messages;

/// <summary>Holds as messages.</summary>
static class HoldMessages
{
    public static V1.Hold ToMessage(HoldAnswer hold)
    {
        var message = new V1.Hold
        {
            Id = hold.Id is { } id ? Id(id) : "",
            Account = Id(hold.Account),
            // The stored numbers are the enum's.
            Status = (V1.HoldStatus)(int)hold.Status,
            Authorised = AccountMessages.ToMessage(hold.Authorised),
            Captured = AccountMessages.ToMessage(hold.Captured),
            Released = AccountMessages.ToMessage(hold.Released),
            Expired = AccountMessages.ToMessage(hold.Expired),
            Remaining = AccountMessages.ToMessage(hold.Remaining),
            Currency = hold.Authorised.Currency.Code,
        };
        if (hold.ToCash)
            message.To = "cash";
        else if (hold.To is { } to)
            message.To = Id(to);
        if (hold.MaxAmount is { } most)
            message.MaxAmount = AccountMessages.ToMessage(most);
        if (hold.ExpiresAt is { } end)
            message.ExpiresAt = Timestamps.From(end);
        foreach (var capture in hold.Captures ?? [])
            message.Captures.Add(ToMessage(capture));
        return message;
    }

    /// <summary>What an operation did to a hold.</summary>
    public static void AddTo(V1.Operation message, OperationAnswer operation)
    {
        foreach (var change in operation.Holds)
            message.Holds.Add(ToMessage(change));
        if (operation.Hold is { } hold)
            message.Hold = ToMessage(hold);
        foreach (var leg in operation.Legs)
            message.Legs.Add(ToMessage(leg));
    }

    static V1.HeldCapture ToMessage(HeldCapture capture)
    {
        var message = new V1.HeldCapture { Amount = capture.Amount.Amount.ToString(CultureInfo.InvariantCulture) };
        if (capture.Operation is { } operation)
            message.Operation = Id(operation);
        return message;
    }

    static V1.HeldChange ToMessage(HeldChange change)
    {
        var message = new V1.HeldChange
        {
            Account = Id(change.Account),
            Change = AccountMessages.ToMessage(change.Change),
            Held = AccountMessages.ToMessage(change.Held),
            Currency = change.Change.Currency.Code,
        };
        if (change.Hold is { } hold)
            message.Hold = Id(hold);
        return message;
    }

    static V1.PaidLeg ToMessage(PaidLeg leg)
    {
        var message = new V1.PaidLeg
        {
            Taken = AccountMessages.ToMessage(leg.Taken),
            Received = AccountMessages.ToMessage(leg.Received),
            Currency = leg.Received.Currency.Code,
        };
        if (leg.To is { } to)
            message.To = Id(to);
        if (leg.Exchange is { } exchange)
            message.Exchange = OperationMessages.ToMessage(exchange);
        return message;
    }
}
