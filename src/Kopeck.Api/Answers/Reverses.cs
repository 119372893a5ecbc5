using System.Text.Json;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Reversals;

namespace Kopeck.Api.Answers;

/// <summary>What a reversal took back.</summary>
/// <param name="Id">The number of the operation that it reverses.</param>
/// <param name="Taken">What it took.</param>
/// <param name="Remaining">What remained after it of the legs of which it took something.</param>
/// <param name="IsWhole">Whether nothing of the operation remained after it.</param>
/// <param name="Difference">Who bore what the rate moved since.</param>
/// <param name="Reason">Why.</param>
public sealed record Reverses(long Id, MovedAmounts Taken, MovedAmounts Remaining, bool IsWhole, Difference Difference, string? Reason)
{
    internal static Reverses Of(Reversed body) => new(
        body.Original,
        new MovedAmounts([.. body.Legs.Select(leg => MovedPart.Of(leg.Leg, leg.Part, leg.ToCurrency, leg.FromCurrency))]),
        new MovedAmounts([.. body.Legs.Select(leg => MovedPart.Of(leg.Leg, leg.Remaining, leg.ToCurrency, leg.FromCurrency))]),
        body.IsWhole,
        body.Difference,
        body.Reason?.Value);

    internal void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject("reverses");
        json.WriteId("id", Id);
        Taken.WriteMembers(json);
        json.WriteMoney("remaining", Remaining.Amount);
        json.WriteString("reversed", IsWhole ? "fully" : "partly");
        json.WriteString("difference", Difference.Name());
        json.WriteString("reason", Reason);
        json.WriteEndObject();
    }
}
