using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;

namespace Kopeck.Api.Calls;

/// <summary>What several calls on holds take, and how it is judged.</summary>
static class HoldInputs
{
    public const string MaxAmount = "How far captures may go above the amount, in its currency; no further than the amount if left out";

    public const string Currency =
        "The account's or the receiver's currency: that side is exact. That in which the hold was asked for if left out";

    public const string Hold = "The hold";

    public const string ExpiresAt = "expiresAt";

    static readonly FieldType Seconds = new()
    {
        Name = "hold_seconds",
        Kind = FieldKind.Integer,
        Description = "A hold's life in seconds, up to 366 days",
        Minimum = 1,
        Maximum = HoldLife.MaxSeconds,
    };

    /// <summary>The two ways to say how long a hold lives.</summary>
    public static Input[] Life<TRequest>(
        InputsOf<TRequest> take,
        Func<TRequest, LedgerEnd> getEnd,
        Action<TRequest, LedgerEnd> setEnd,
        Func<TRequest, long?> getSeconds,
        Action<TRequest, long?> setSeconds)
        where TRequest : class =>
        [
            take.End(
                ExpiresAt, "When it ends: 1 second to 366 days from now; null: never, which only an administrator may ask", getEnd, setEnd),
            take.WholeNumber(
                "expiresInSeconds",
                "How many seconds it lives, 1 to 31622400 (366 days); 604800 (7 days) where neither this nor expiresAt is said",
                Seconds,
                getSeconds,
                setSeconds),
        ];

    /// <summary>How long a hold lives, as it was asked.</summary>
    public static HoldLife ToLife(LedgerEnd end, long? seconds) =>
        new() { Seconds = seconds, Until = end.Instant, IsForever = end.IsNever };

    public static void Exclude(Problems problems, string name, string other) =>
        problems.Add("/" + name, new FieldError("excluded", $"{name} is not taken together with {other}: send one of them"));

    public static void Require(Problems problems, string name, string why) =>
        problems.Add("/" + name, new FieldError("required", $"{name} is missing: {why}"));
}
