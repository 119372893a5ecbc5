using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Kopeck.Ledger;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Hledger;

/// <summary>
/// The text of a journal as hledger's manual describes it ("Journal"). What it mentions is declared where it is first mentioned, which
/// hledger's strict checks take, so that nothing needs to be known ahead.
/// </summary>
sealed class HledgerText(PipeWriter output)
{
    readonly StringBuilder text = new();
    readonly HashSet<string> commodities = new(StringComparer.Ordinal);
    bool isInTransaction;

    public void Comment(string comment) => Directive().Append("; ").Append(comment).Append('\n');

    public void Blank()
    {
        text.Append('\n');
        isInTransaction = false;
    }

    /// <summary>Declares a currency once. A currency without decimals is written with a point and nothing after it.</summary>
    public void Commodity(Currency currency)
    {
        if (commodities.Add(currency.Code))
            Directive().Append("commodity ").Append(currency.Code).Append("\n    format 1000.").Append('0', currency.MinorUnits).Append(' ')
                .Append(currency.Code).Append('\n');
    }

    /// <summary>Declares an account.</summary>
    /// <param name="type">What it is to hledger's reports: A, L, E, R or X.</param>
    public void Account(string name, string? comment = null, string? type = null)
    {
        Directive().Append("account ").Append(name);
        // In a line of its own, where ledger takes it for a note and not for a part of the name.
        if (type is not null)
            text.Append("\n    ; type: ").Append(type).Append(comment is null ? "" : ",");
        // A colon makes a tag, and some mean something to hledger.
        if (comment is not null)
            text.Append(type is null ? "  ; " : " ").Append(comment.Replace(':', '.'));
        text.Append('\n');
    }

    /// <summary>A market price: what a unit of a currency is worth.</summary>
    /// <summary>
    /// A market price. hledger has those of one unit only, and turns them around where it must: of two ways the exact one is written.
    /// </summary>
    public void Price(DateOnly date, string currency, QuotePair quote, Currency baseCurrency)
    {
        var (of, price, currencyOfPrice) = quote switch
        {
            _ when quote.Units == QuotePair.One.Units => (currency, quote.Base.ToString(), baseCurrency.Code),
            _ when quote.Base == QuotePair.One.Base => (baseCurrency.Code, quote.Units.ToString(), currency),
            _ => (currency, quote.Rate, baseCurrency.Code),
        };
        Directive().Append(CultureInfo.InvariantCulture, $"P {date:yyyy-MM-dd} {of} {price} {currencyOfPrice}\n");
    }

    /// <summary>Begins a transaction; its currencies are declared before it.</summary>
    /// <param name="tags">Tags after the description, of our own making only: hledger reads meaning into some.</param>
    public void Transaction(DateOnly date, long? code, string? payee, string note, string? tags = null)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{date:yyyy-MM-dd} * ");
        if (code is { } number)
            text.Append(CultureInfo.InvariantCulture, $"({number}) ");
        if (payee is not null)
            text.Append(Clean(payee)).Append(" | ");
        text.Append(Clean(note));
        if (tags is not null)
            text.Append("  ; ").Append(tags);
        text.Append('\n');
        isInTransaction = true;
    }

    /// <summary>A posting, with the balance that it must leave where one is known.</summary>
    public void Posting(string account, Int128 minor, Currency currency, Int128? balance = null)
    {
        text.Append("    ").Append(account).Append("  ").Append(AmountText.Format(minor, currency)).Append(' ').Append(currency.Code);
        if (balance is { } asserted)
            text.Append(" = ").Append(AmountText.Format(asserted, currency)).Append(' ').Append(currency.Code);
        text.Append('\n');
    }

    /// <summary>A posting of whatever brings the account to a balance.</summary>
    public void Assign(string account, Int128 balance, Currency currency) =>
        text.Append("    ").Append(account).Append("  = ").Append(AmountText.Format(balance, currency)).Append(' ').Append(currency.Code)
            .Append('\n');

    /// <summary>A posting of what is left.</summary>
    public void Rest(string account) => text.Append("    ").Append(account).Append('\n');

    public async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        foreach (var chunk in text.GetChunks())
            Encoding.UTF8.GetBytes(chunk.Span, output);
        text.Clear();
        await output.SendAsync(cancellationToken);
    }

    public static string Tags(string kind, Instant at) => $"kind:{kind}, at:{at}";

    StringBuilder Directive()
    {
        if (isInTransaction)
            Blank();
        return text;
    }

    // A semicolon would start a comment, and a bar end the payee.
    static string Clean(string words) => words.Replace(';', ',').Replace('|', '/');
}
