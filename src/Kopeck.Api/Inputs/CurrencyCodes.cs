using System.Collections.Frozen;
using System.Text;
using Kopeck.Api.Values;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Reference;

namespace Kopeck.Api.Inputs;

/// <summary>Currencies by the bytes of their codes, so that reading one makes no text.</summary>
static class CurrencyCodes
{
    const int Length = 3;

    static readonly FrozenDictionary<int, LedgerCurrency> Known = Currencies.All
        .Where(currency => Currency.TryFind(currency.Code, out _))
        .ToFrozenDictionary(currency => Pack(Encoding.ASCII.GetBytes(currency.Code)), currency => LedgerCurrency.Of(currency.Code));

    public static LedgerCurrency Find(ReadOnlySpan<byte> utf8) =>
        utf8.Length == Length && Known.TryGetValue(Pack(utf8), out var currency)
            ? currency
            : LedgerCurrency.Of(Encoding.UTF8.GetString(utf8));

    static int Pack(ReadOnlySpan<byte> code) => (code[0] << 16) | (code[1] << 8) | code[2];
}
