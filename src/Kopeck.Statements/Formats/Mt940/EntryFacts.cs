using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Mt940;

/// <summary>What is said of an entry in either way.</summary>
static class EntryFacts
{
    /// <summary>
    /// The counterparty's name in SWIFT's characters; where none of its letters has a likeness, the customer's or the account's code.
    /// </summary>
    public static string? Name(StatementLine line)
    {
        if (line.Counterparty is not { } party)
            return null;
        foreach (var name in new[] { party.Name?.Value, party.CustomerCode?.Value, party.Code?.Value })
        {
            if (name is not null && FinText.Value(name) is var text && text.Any(char.IsAsciiLetterOrDigit))
                return text;
        }

        return null;
    }

    /// <summary>The other side of a conversion: currency and amount.</summary>
    public static string Original(OriginalAmount original) =>
        original.Currency.Code + FinMessages.Amount(original.AmountMinor, original.Currency);

    /// <summary>A rate has twelve characters, the comma among them; its pair follows.</summary>
    public static string? Rate(OriginalAmount original, char separator) => RateText.Round(original.Rate, 11, 10) is { } rate
        ? $"{(rate.Contains('.', StringComparison.Ordinal) ? rate.Replace('.', ',') : rate + ",")}{separator}{original.From}-{original.To}"
        : null;

    /// <summary>The worth without a sign; null in a wallet of the base currency, which says it already.</summary>
    public static string? Worth(StatementLine line, Currency currency, Currency baseCurrency) =>
        line.Worth is { } value && currency.Code != baseCurrency.Code ? baseCurrency.Code + FinMessages.Amount(value, baseCurrency) : null;
}
