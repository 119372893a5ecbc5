using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Mt940;

/// <summary>
/// The subfields of Germany's banks (DK, DFÜ-Abkommen, Anlage 3): a transaction code of three digits, then <c>?00</c> the kind, <c>?10</c>
/// the operation, <c>?20</c> to <c>?29</c> and <c>?60</c> to <c>?63</c> the purpose, <c>?30</c> and <c>?31</c> bank and account, <c>?32</c>
/// and <c>?33</c> the name.
/// </summary>
sealed class Subfields : IEntryInformation
{
    const int Length = 27;

    public string Format => "mt940-subfields";

    public string Of(StatementLine line, Currency currency, Currency baseCurrency, StatementStyle style)
    {
        var text = $"{Code(line)}?00{Cut(Plain(style.Language.Name(line.Kind)))}?10{line.Number % 10_000_000_000}";
        var facts = WholeText.Join(
            " ",
            line.Original is { } original ? $"{EntryFacts.Original(original)} {EntryFacts.Rate(original, ' ')}".TrimEnd() : null,
            EntryFacts.Worth(line, currency, baseCurrency) is { } worth ? "WORTH " + worth : null);
        var purpose = WholeText.Join(" ", facts, line.Description is { } description ? Plain(description) : null);
        var (field, rest) = (20, purpose);
        for (; rest.Length > 0 && field <= 29; field++)
            text += $"?{field}{Next(ref rest)}";
        if (line.Counterparty is { } party)
        {
            text += $"?30{style.Letterhead?.Bic ?? style.Letterhead?.BankId ?? StatementStyle.Nobody}?31{style.NumberOf(party)}";
            var name = Plain(EntryFacts.Name(line) ?? "");
            for (field = 32; name.Length > 0 && field <= 33; field++)
                text += $"?{field}{Next(ref name)}";
        }

        for (field = 60; rest.Length > 0 && field <= 63; field++)
            text += $"?{field}{Next(ref rest)}";
        return text;
    }

    /// <summary>The banks' transaction codes: over the counter, transfers, foreign exchange, the rest.</summary>
    static string Code(StatementLine line) => line.Kind switch
    {
        OperationKind.Deposit => "082",
        OperationKind.Withdrawal => "083",
        OperationKind.Transfer when line.Original is not null => "203",
        OperationKind.Transfer => line.Amount < 0 ? "117" : "166",
        _ => "835",
    };

    // A question mark would begin a subfield.
    static string Plain(string text) => FinText.Of(text).Replace('?', '.').Trim();

    static string Cut(string text) => text[..Math.Min(text.Length, Length)];

    static string Next(ref string rest)
    {
        var piece = Cut(rest);
        rest = rest[piece.Length..];
        return piece;
    }
}
