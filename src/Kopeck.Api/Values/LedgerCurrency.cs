using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Api.Values;

/// <summary>
/// A currency that can hold money, by its ISO 4217 code; what a code is wrong in is told by the call. The default is none.
/// </summary>
public readonly record struct LedgerCurrency
{
    readonly bool isGiven;

    LedgerCurrency(Currency currency, FieldError? error) => (isGiven, Currency, Error) = (true, currency, error);

    /// <summary>The currency; its default where there is none.</summary>
    public Currency Currency { get; }

    /// <summary>Whether one was given.</summary>
    public bool IsGiven => isGiven;

    /// <summary>The currency, or null.</summary>
    public Currency? OrNull => isGiven ? Currency : null;

    /// <summary>Why the code is no currency.</summary>
    internal FieldError? Error { get; }

    /// <summary>A currency.</summary>
    public static LedgerCurrency Of(Currency currency) => new(currency, null);

    /// <summary>A currency's code.</summary>
    public static LedgerCurrency Of(string code) =>
        new(Currency.TryFind(code, out var currency, out var error) ? currency : default, error);

    /// <summary>A currency.</summary>
    public static implicit operator LedgerCurrency(Currency currency) => Of(currency);

    /// <summary>A currency's code.</summary>
    public static implicit operator LedgerCurrency(string? code) => code is null ? default : Of(code);

    /// <summary>The code.</summary>
    public override string ToString() => Currency.Code;
}
