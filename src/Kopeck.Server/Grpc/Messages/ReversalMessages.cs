using Kopeck.Api.Answers;
using static Kopeck.Server.Grpc.Messages.AccountMessages;

namespace Kopeck.Server.Grpc.Messages;

/// <summary>Reversals as messages.</summary>
static class ReversalMessages
{
    // The words of both enums stand in the same order, after the unspecified one.
    const int AfterUnspecified = 1;

    /// <summary>What a reversal took back, and what was reversed of an operation.</summary>
    public static void AddTo(V1.Operation message, OperationAnswer operation)
    {
        if (operation.Reverses is { } reverses)
            message.Reverses = ToMessage(reverses);
        if (operation.Reversibility is not { } reversibility)
            return;
        foreach (var reversal in reversibility.ReversedBy)
            message.ReversedBy.Add(ToMessage(reversal));
        message.Reversed = (V1.ReversedState)((int)reversibility.State + AfterUnspecified);
        message.Reversible = ToMessage(reversibility.Reversible);
    }

    static V1.Reverses ToMessage(Reverses reverses)
    {
        var message = new V1.Reverses
        {
            Id = Id(reverses.Id),
            Legs = { Legs(reverses.Taken) },
            Reversed = reverses.IsWhole ? V1.ReversedState.Fully : V1.ReversedState.Partly,
            Difference = (V1.Difference)((int)reverses.Difference + AfterUnspecified),
        };
        if (reverses.Taken.Amount is { } taken)
            message.Amount = AccountMessages.ToMessage(taken);
        if (reverses.Remaining.Amount is { } remaining)
            message.Remaining = AccountMessages.ToMessage(remaining);
        if (reverses.Reason is { } reason)
            message.Reason = reason;
        return message;
    }

    static V1.ReversedBy ToMessage(ReversedBy reversal)
    {
        var message = new V1.ReversedBy { Id = Id(reversal.Id), Legs = { Legs(reversal.Taken) } };
        if (reversal.Taken.Amount is { } taken)
            message.Amount = AccountMessages.ToMessage(taken);
        return message;
    }

    static V1.MovedAmounts ToMessage(MovedAmounts amounts)
    {
        var message = new V1.MovedAmounts { Legs = { Legs(amounts) } };
        if (amounts.Amount is { } sum)
            message.Amount = AccountMessages.ToMessage(sum);
        return message;
    }

    static IEnumerable<V1.MovedPart> Legs(MovedAmounts amounts) => amounts.IsPlain ? [] : amounts.Parts.Select(ToMessage);

    static V1.MovedPart ToMessage(MovedPart part)
    {
        var message = new V1.MovedPart { Leg = part.Leg, Amount = AccountMessages.ToMessage(part.Amount) };
        if (part.Received is { } received)
            (message.Received, message.ReceivedCurrency) = (AccountMessages.ToMessage(received), received.Currency.Code);
        return message;
    }
}
