using System.Text.Json;

namespace Kopeck.Api.Answers;

/// <summary>What was taken of an operation, or remains of it, leg by leg.</summary>
/// <param name="Parts">In the order of the operation's legs.</param>
public sealed record MovedAmounts(IReadOnlyList<MovedPart> Parts)
{
    /// <summary>All of it on the payers' sides; null where they have several currencies.</summary>
    public Money? Amount
    {
        get
        {
            if (Parts.Count == 0)
                return null;
            var sum = Parts[0].Amount;
            foreach (var part in Parts.Skip(1))
            {
                if (part.Amount.Currency != sum.Currency)
                    return null;
                sum = sum with { Amount = sum.Amount + part.Amount.Amount };
            }

            return sum;
        }
    }

    /// <summary>Whether the amount alone says all: of one leg, the first, that was not converted.</summary>
    public bool IsPlain => Parts is [{ Leg: 0, Received: null }];

    /// <summary>Writes its members.</summary>
    internal void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteMoney("amount", Amount);
        json.WriteString("currency", Amount?.Currency.Code);
        if (!IsPlain)
            WriteLegs(json, "legs");
    }

    void WriteLegs(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        foreach (var part in Parts)
        {
            json.WriteStartObject();
            json.WriteNumber("leg", part.Leg);
            json.WriteMoney("amount", part.Amount);
            json.WriteString("currency", part.Amount.Currency.Code);
            if (part.Received is { } received)
            {
                json.WriteMoney("received", received);
                json.WriteString("receivedCurrency", received.Currency.Code);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
