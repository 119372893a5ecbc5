using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Mt940;

/// <summary>SWIFT's code words between slashes.</summary>
sealed class CodeWords : IEntryInformation
{
    public string Format => "mt940";

    public string Of(StatementLine line, Currency currency, Currency baseCurrency, StatementStyle style)
    {
        var name = EntryFacts.Name(line) is { } known ? $"/NAME/{known}" : null;
        var account = line.Counterparty is { } party ? $"/ACCT/{style.NumberOf(party)}" : null;
        var original = line.Original is { } exchange
            ? $"/OCMT/{EntryFacts.Original(exchange)}{(EntryFacts.Rate(exchange, '/') is { } rate ? $"/EXCH/{rate}" : "")}"
            : null;
        var worth = EntryFacts.Worth(line, currency, baseCurrency) is { } value ? $"/WRTH/{value}" : null;
        return $"{name}{account}{original}{worth}/REMI/{FinText.Value(line.Description ?? style.Language.Name(line.Kind))}";
    }
}
