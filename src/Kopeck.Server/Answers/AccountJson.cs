using System.Globalization;
using System.Text.Json;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Money;

namespace Kopeck.Server.Answers;

/// <summary>Accounts as JSON.</summary>
static class AccountJson
{
    /// <summary>An account as a JSON object.</summary>
    public static void Write(Utf8JsonWriter json, AccountContent content)
    {
        var account = content.Account;
        json.WriteStartObject();
        if (!content.IsNew)
            json.WriteId("id", account.Id);
        json.WriteString("kind", Name(account.Kind));
        json.WriteOptionalId("customer", content.Customer);
        json.WriteString("currency", account.Currency.Code);
        json.WriteString("code", account.Code?.Value);
        json.WriteString("status", Name(account.Status));
        json.WriteString("posted", Text(account.Posted, account.Currency));
        json.WriteString("held", Text(account.Held, account.Currency));
        json.WriteString("floor", account.Floor is { } floor ? Text(floor, account.Currency) : null);
        json.WriteString("available", account.Available is { } available ? Text(available, account.Currency) : null);
        if (content.AsOf is { } number)
            json.WriteId("asOf", number);
        json.WriteEndObject();
    }

    /// <summary>The kind's word.</summary>
    public static string Name(AccountKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The status's word.</summary>
    public static string Name(AccountStatus status) => status == AccountStatus.DebitsFrozen ? "debits_frozen" : status.ToString().ToLowerInvariant();

    /// <summary>An amount of minor units, also one that is wider than 64 bits.</summary>
    public static string Text(Int128 minor, Currency currency)
    {
        if (minor >= long.MinValue && minor <= long.MaxValue)
            return MoneyText.Format((long)minor, currency.MinorUnits);
        // Only an available amount can be wider: a balance near 2^63 with an overdraft.
        var digits = Int128.Abs(minor).ToString(CultureInfo.InvariantCulture);
        var point = digits.Length - currency.MinorUnits;
        return (minor < 0 ? "-" : "") + digits[..point] + (currency.MinorUnits > 0 ? "." + digits[point..] : "");
    }
}
