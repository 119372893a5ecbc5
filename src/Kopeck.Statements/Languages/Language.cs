using Kopeck.Ledger.Journal;

namespace Kopeck.Statements.Languages;

/// <summary>The words of statements and reports in one language. A new language is a file like <c>English.cs</c> and a line in <see cref="All"/>.</summary>
public sealed record Language
{
    /// <summary>The languages; the first is used when none is asked for.</summary>
    public static IReadOnlyList<Language> All { get; } = [English.Words, Russian.Words];

    /// <summary>What is used when none is asked for.</summary>
    public static Language Default => All[0];

    /// <summary>Finds a language by its code.</summary>
    public static Language? Find(string code) => All.FirstOrDefault(language => language.Code == code);

    /// <summary>ISO 639-1, such as <c>en</c>.</summary>
    public required string Code { get; init; }

    /// <summary>ISO 639-2, such as <c>ENG</c>.</summary>
    public required string ThreeLetterCode { get; init; }

    /// <summary>The title: "Statement".</summary>
    public required string Statement { get; init; }

    /// <summary>"Row": what a row of a table is.</summary>
    public required string Row { get; init; }

    /// <summary>"Wallet".</summary>
    public required string Wallet { get; init; }

    /// <summary>"Currency".</summary>
    public required string Currency { get; init; }

    /// <summary>"Operation": its number.</summary>
    public required string Number { get; init; }

    /// <summary>"Time (UTC)".</summary>
    public required string Time { get; init; }

    /// <summary>"Kind".</summary>
    public required string Kind { get; init; }

    /// <summary>"Counterparty": a name.</summary>
    public required string Counterparty { get; init; }

    /// <summary>"Counterparty's code".</summary>
    public required string CounterpartyCode { get; init; }

    /// <summary>"Counterparty's account".</summary>
    public required string CounterpartyAccount { get; init; }

    /// <summary>"Description".</summary>
    public required string Description { get; init; }

    /// <summary>"Amount".</summary>
    public required string Amount { get; init; }

    /// <summary>"Original amount".</summary>
    public required string OriginalAmount { get; init; }

    /// <summary>"Original currency".</summary>
    public required string OriginalCurrency { get; init; }

    /// <summary>"Rate".</summary>
    public required string Rate { get; init; }

    /// <summary>"Rate of": the pair, such as EUR/JPY.</summary>
    public required string RatePair { get; init; }

    /// <summary>"Balance".</summary>
    public required string Balance { get; init; }

    /// <summary>"Worth in {0}": the base currency.</summary>
    public required string Worth { get; init; }

    /// <summary>"Count".</summary>
    public required string Count { get; init; }

    /// <summary>"Opening balance".</summary>
    public required string Opening { get; init; }

    /// <summary>"Closing balance".</summary>
    public required string Closing { get; init; }

    /// <summary>"Credits".</summary>
    public required string Credits { get; init; }

    /// <summary>"Debits".</summary>
    public required string Debits { get; init; }

    /// <summary>"Total".</summary>
    public required string Total { get; init; }

    /// <summary>"Customer".</summary>
    public required string Customer { get; init; }

    /// <summary>"Period".</summary>
    public required string Period { get; init; }

    /// <summary>"Drawn at": before the journal number.</summary>
    public required string DrawnAt { get; init; }

    /// <summary>"Page {0} of {1}".</summary>
    public required string Page { get; init; }

    /// <summary>"The personal data were erased".</summary>
    public required string Erased { get; init; }

    /// <summary>"No quote was in force for {0} lines: their worth in {1}, and the total's, is left empty".</summary>
    public required string NoQuote { get; init; }

    /// <summary>"All wallets: worth of the period's movements": what all sections of a statement amount to.</summary>
    public required string AllMovements { get; init; }

    /// <summary>"The customer has no wallets": what a statement without sections says.</summary>
    public required string NoWallets { get; init; }

    /// <summary>What stands between thousands on a page for people.</summary>
    public required char ThousandsSeparator { get; init; }

    /// <summary>The kinds that move money.</summary>
    public required IReadOnlyDictionary<OperationKind, string> Kinds { get; init; }

    /// <summary>The titles of book reports, by their name.</summary>
    public required IReadOnlyDictionary<string, string> Titles { get; init; }

    /// <summary>The headings of book reports, by the name of the column.</summary>
    public required IReadOnlyDictionary<string, string> Reports { get; init; }

    /// <summary>A kind in words; its name on the wire where this language has none.</summary>
    public string Name(OperationKind kind) => Kinds.TryGetValue(kind, out var name) ? name : kind.Name();
}
