using System.Globalization;
using System.Text.Json;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Money;

namespace Kopeck.Server.Answers;

/// <summary>Accounts as JSON.</summary>
static class AccountJson
{
    /// <summary>An account as a JSON object.</summary>
    /// <param name="asOf">The number that it is as of; null in a dry run, which knows neither numbers nor new ids.</param>
    public static void Write(Utf8JsonWriter json, Account account, long? asOf, bool isNew = false)
    {
        json.WriteStartObject();
        if (!isNew)
            json.WriteId("id", account.Id);
        json.WriteString("kind", Name(account.Kind));
        json.WriteOptionalId("customer", isNew && account.Customer == account.Id - 1 && asOf is null ? null : account.Customer);
        json.WriteString("currency", account.Currency.Code);
        json.WriteString("code", account.Code?.Value);
        json.WriteString("status", Name(account.Status));
        json.WriteString("posted", Text(account.Posted, account.Currency));
        json.WriteString("held", Text(account.Held, account.Currency));
        json.WriteString("floor", account.Floor is { } floor ? Text(floor, account.Currency) : null);
        json.WriteString("available", account.Available is { } available ? Text(available, account.Currency) : null);
        if (asOf is { } number)
            json.WriteId("asOf", number);
        json.WriteEndObject();
    }

    public static string Name(AccountKind kind) => kind.ToString().ToLowerInvariant();

    public static string Name(AccountStatus status) => status == AccountStatus.DebitsFrozen ? "debits_frozen" : status.ToString().ToLowerInvariant();

    static string Text(Int128 minor, Currency currency)
    {
        if (minor >= long.MinValue && minor <= long.MaxValue)
            return MoneyText.Format((long)minor, currency.MinorUnits);
        // Only an available amount can be wider: a balance near 2^63 with an overdraft.
        var digits = Int128.Abs(minor).ToString(CultureInfo.InvariantCulture);
        var point = digits.Length - currency.MinorUnits;
        return (minor < 0 ? "-" : "") + digits[..point] + (currency.MinorUnits > 0 ? "." + digits[point..] : "");
    }
}
