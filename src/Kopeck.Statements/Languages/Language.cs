using System.Globalization;
using System.Text;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Statements.Languages;

/// <summary>
/// The words of statements and reports in one language. A new language is a file like <c>English.cs</c> and a line in <see cref="All"/>.
/// </summary>
public sealed record Language
{
    /// <summary>The languages; the first is used when none is asked for.</summary>
    public static IReadOnlyList<Language> All { get; } = [English.Words, Russian.Words, German.Words];

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

    /// <summary>"Date": a day.</summary>
    public required string Date { get; init; }

    /// <summary>"Time ({0})": the zone.</summary>
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

    /// <summary>"Summary": of a statement's wallets.</summary>
    public required string Summary { get; init; }

    /// <summary>"About": what a document says of itself.</summary>
    public required string About { get; init; }

    /// <summary>"Account number": what an account is called outside.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>"Account": of the house.</summary>
    public required string Account { get; init; }

    /// <summary>"Status": what may still happen to an account.</summary>
    public required string Status { get; init; }

    /// <summary>"Closing balance in {0}": the base currency.</summary>
    public required string ClosingWorth { get; init; }

    /// <summary>"Book".</summary>
    public required string Book { get; init; }

    /// <summary>"Base currency".</summary>
    public required string BaseCurrency { get; init; }

    /// <summary>"Address": city and country.</summary>
    public required string Address { get; init; }

    /// <summary>"Time zone".</summary>
    public required string Zone { get; init; }

    /// <summary>The title of a confirmation of balances.</summary>
    public required string Confirmation { get; init; }

    /// <summary>"At the end of {0} the balances of the accounts of {1} were:", a day and a customer.</summary>
    public required string ConfirmationText { get; init; }

    /// <summary>"Available balance": what of the closing balance no hold reserves.</summary>
    public required string Available { get; init; }

    /// <summary>"Refers to": a capture's hold, a reversal's original.</summary>
    public required string RefersTo { get; init; }

    /// <summary>"Open holds".</summary>
    public required string Holds { get; init; }

    /// <summary>"Hold".</summary>
    public required string Hold { get; init; }

    /// <summary>"Authorised": what a hold was placed for.</summary>
    public required string Authorised { get; init; }

    /// <summary>"Captured": what was taken of a hold.</summary>
    public required string Captured { get; init; }

    /// <summary>"Remaining": what a hold still reserves.</summary>
    public required string Remaining { get; init; }

    /// <summary>"Expires ({0})": when a hold ends, in a zone.</summary>
    public required string Expires { get; init; }

    /// <summary>"Signature".</summary>
    public required string Signature { get; init; }

    /// <summary>That letters of some scripts could not be drawn.</summary>
    public required string NoFont { get; init; }

    /// <summary>Statuses of accounts.</summary>
    public required IReadOnlyDictionary<AccountStatus, string> Statuses { get; init; }

    /// <summary>Kinds of accounts.</summary>
    public required IReadOnlyDictionary<AccountKind, string> AccountKinds { get; init; }

    /// <summary>"The customer has no wallets": what a statement without sections says.</summary>
    public required string NoWallets { get; init; }

    /// <summary>What stands before decimals on a page for people.</summary>
    public required char DecimalMark { get; init; }

    /// <summary>The order of a date's parts, for people.</summary>
    public required string DatePattern { get; init; }

    /// <summary>What stands between thousands on a page for people.</summary>
    public required char ThousandsSeparator { get; init; }

    /// <summary>The kinds that move money.</summary>
    public required IReadOnlyDictionary<OperationKind, string> Kinds { get; init; }

    /// <summary>The titles of book reports, by their name.</summary>
    public required IReadOnlyDictionary<string, string> Titles { get; init; }

    /// <summary>The headings of book reports, by the name of the column.</summary>
    public required IReadOnlyDictionary<string, string> Reports { get; init; }

    /// <summary>The heading of times in a zone.</summary>
    public string TimeIn(string zone) => string.Format(CultureInfo.InvariantCulture, Time, zone);

    /// <summary>A day as people write it.</summary>
    public string Format(DateOnly day) => day.ToString(DatePattern, CultureInfo.InvariantCulture);

    /// <summary>An amount or a rate as people write it: its thousands apart, and this language's decimal mark.</summary>
    public string Grouped(string digits)
    {
        var (start, point) = (digits.StartsWith('-') ? 1 : 0, digits.IndexOf('.', StringComparison.Ordinal));
        var text = new StringBuilder(point < 0 ? digits : $"{digits[..point]}{DecimalMark}{digits[(point + 1)..]}");
        for (var place = (point < 0 ? digits.Length : point) - 3; place > start; place -= 3)
            text.Insert(place, ThousandsSeparator);
        return text.ToString();
    }

    /// <summary>A kind in words; its name on the wire where this language has none.</summary>
    public string Name(OperationKind kind) => Kinds.TryGetValue(kind, out var name) ? name : kind.Name();
}
