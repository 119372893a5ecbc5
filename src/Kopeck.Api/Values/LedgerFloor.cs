using System.Globalization;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Api.Values;

/// <summary>
/// An account's lowest balance: negative grants an overdraft, positive keeps a minimum, <see cref="None"/> is none. The default is one that
/// was not given.
/// </summary>
public readonly record struct LedgerFloor
{
    LedgerFloor(DecimalAmount? amount, FieldError? error) => (IsGiven, Amount, Error) = (true, amount, error);

    /// <summary>No floor: the balance may be any.</summary>
    public static LedgerFloor None { get; } = new(null, null);

    /// <summary>Whether one was given, be it none.</summary>
    public bool IsGiven { get; }

    /// <summary>The amount; null for none.</summary>
    public DecimalAmount? Amount { get; }

    /// <summary>Why the text is no amount.</summary>
    internal FieldError? Error { get; }

    /// <summary>An amount that may be negative.</summary>
    public static LedgerFloor Of(DecimalAmount amount) => new(amount, null);

    /// <summary>An amount's text, which may start with a minus.</summary>
    public static LedgerFloor Of(string text) =>
        DecimalAmount.TryParseSigned(text.AsSpan(), out var amount, out var error) ? new(amount, null) : new(null, error);

    /// <summary>A floor.</summary>
    public static implicit operator LedgerFloor(decimal amount) => Of(amount.ToString(CultureInfo.InvariantCulture));

    /// <summary>A floor's text; null is none.</summary>
    public static implicit operator LedgerFloor(string? text) => text is null ? None : Of(text);
}
