using System.Globalization;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Api.Values;

/// <summary>
/// An amount to be moved: exact, as it was written, not yet in a currency. From a decimal or a text such as <c>100.00</c>; what a text is
/// wrong in is told by the call. The default is none.
/// </summary>
public readonly record struct LedgerAmount
{
    readonly bool isGiven;

    LedgerAmount(DecimalAmount amount, FieldError? error) => (isGiven, Amount, Error) = (true, amount, error);

    /// <summary>The amount; zero where there is none.</summary>
    public DecimalAmount Amount { get; }

    /// <summary>Whether one was given.</summary>
    public bool IsGiven => isGiven;

    /// <summary>The amount, or null.</summary>
    internal DecimalAmount? OrNull => isGiven ? Amount : null;

    /// <summary>Why the text is no amount.</summary>
    internal FieldError? Error { get; }

    /// <summary>An amount.</summary>
    public static LedgerAmount Of(DecimalAmount amount) => new(amount, null);

    /// <summary>An amount's text.</summary>
    public static LedgerAmount Of(ReadOnlySpan<char> text) =>
        new(DecimalAmount.TryParse(text, out var amount, out var error) ? amount : default, error);

    /// <summary>An amount.</summary>
    public static implicit operator LedgerAmount(DecimalAmount amount) => Of(amount);

    /// <summary>An amount, with the decimals that it is written with.</summary>
    public static implicit operator LedgerAmount(decimal amount) => Of(amount.ToString(CultureInfo.InvariantCulture));

    /// <summary>An amount's text.</summary>
    public static implicit operator LedgerAmount(string? text) => text is null ? default : Of(text);

    /// <summary>The amount as it was written.</summary>
    public override string ToString() => isGiven ? Amount.ToString() : "";
}
