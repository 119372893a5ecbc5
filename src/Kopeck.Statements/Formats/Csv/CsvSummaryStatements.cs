using System.Globalization;
using System.IO.Pipelines;
using Kopeck.Ledger;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Csv;

/// <summary>
/// RFC 4180. One table for all wallets with balances and totals between the rows; the first column says what a row is: <c>opening</c>,
/// <c>operation</c>, <c>credits</c>, <c>debits</c>, <c>total</c>, <c>closing</c>, <c>available</c> where holds reserve something,
/// <c>hold</c> for each that is open where it is asked for, and at the end <c>since</c> and <c>until</c> with the period, <c>statement</c>
/// with the pin, and <c>notice</c> where there is something to say.
/// </summary>
sealed class CsvSummaryStatements : IStatementWriter
{
    public string Format => "csv-summary";

    public string MediaType => "text/csv; charset=utf-8";

    public string Extension => "csv";

    public async Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken)
    {
        WriteHeadings(output, style.Language, statement.BaseCurrency);
        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            WriteBalance(output, "opening", section, section.Opening);
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                WriteLines(output, section, page, statement.BaseCurrency);
                await output.SendAsync(cancellationToken);
            }

            var totals = section.Totals;
            WriteSum(
                output, "credits", section, totals.Sums.CreditCount, totals.Sums.Credits, totals.WorthOfCredits, statement.BaseCurrency);
            WriteSum(output, "debits", section, totals.Sums.DebitCount, totals.Sums.Debits, totals.WorthOfDebits, statement.BaseCurrency);
            WriteSum(
                output, "total", section, totals.Sums.CreditCount + totals.Sums.DebitCount, totals.Net, totals.Worth,
                statement.BaseCurrency);
            WriteBalance(output, "closing", section, section.Closing);
            if (section.Available is { } available)
                WriteBalance(output, "available", section, available);
            await output.SendAsync(cancellationToken);
            if (section.ReadHoldsAsync is { } read)
                await WriteHoldsAsync(output, read(cancellationToken), cancellationToken);
        }

        WriteEnd(output, statement, style.Language);
        await output.SendAsync(cancellationToken);
    }

    static void WriteHeadings(PipeWriter output, Language language, Currency baseCurrency)
    {
        var csv = new CsvText(output);
        foreach (var heading in new[]
        {
            language.Row, language.Wallet, language.Currency, language.Number, language.TimeIn("UTC"), language.Kind, language.Counterparty,
            language.CounterpartyCode,
            language.CounterpartyAccount, language.Description, language.Amount, language.OriginalAmount, language.OriginalCurrency,
            language.Rate,
            language.RatePair, language.Balance,
            string.Format(CultureInfo.InvariantCulture, language.Worth, baseCurrency.Code), language.Count, language.RefersTo,
        })
            csv.Text(heading);
        csv.End();
    }

    static void WriteLines(PipeWriter output, StatementSection section, IReadOnlyList<StatementLine> lines, Currency baseCurrency)
    {
        var csv = new CsvText(output);
        var currency = section.Currency;
        foreach (var line in lines)
        {
            csv.Text("operation");
            csv.Number(section.Account.Account);
            csv.Text(currency.Code);
            csv.Number(line.Number);
            csv.Instant(line.At);
            csv.Text(line.Kind.Name());
            if (line.Counterparty is { } party)
            {
                csv.Text(party.Name?.Value ?? party.Code?.Value);
                csv.Text(party.CustomerCode?.Value);
                csv.Number(party.Account);
            }
            else
            {
                csv.Empty(3);
            }

            csv.Text(line.Description);
            csv.Money(line.Amount, currency);
            if (line.Original is { } original)
            {
                csv.Money(original.AmountMinor, original.Currency);
                csv.Text(original.Currency.Code);
                csv.Text(original.Rate);
                csv.Text($"{original.From}/{original.To}");
            }
            else
            {
                csv.Empty(4);
            }

            csv.Money(line.Balance, currency);
            csv.Money(line.Worth, baseCurrency);
            csv.Empty();
            csv.OptionalNumber(line.RefersTo);
            csv.End();
        }
    }

    /// <summary>The time is when it ends, the amount what it still reserves.</summary>
    static async Task WriteHoldsAsync(PipeWriter output, IAsyncEnumerable<IReadOnlyList<Hold>> pages, CancellationToken cancellationToken)
    {
        await foreach (var page in pages)
        {
            foreach (var hold in page)
                WriteHold(new CsvText(output), hold);
            await output.SendAsync(cancellationToken);
        }
    }

    static void WriteHold(CsvText csv, Hold hold)
    {
        csv.Text("hold");
        csv.Number(hold.Account);
        csv.Text(hold.Currency.Code);
        csv.Number(hold.Id);
        if (hold.State.ExpiresAt is { } end)
            csv.Instant(end);
        else
            csv.Empty();
        csv.Empty(3);
        csv.Text(StatementHolds.Receiver(hold));
        csv.Empty();
        csv.Money(hold.State.Remaining, hold.Currency);
        csv.Empty(8);
        csv.End();
    }

    static void WriteBalance(PipeWriter output, string row, StatementSection section, long balance)
    {
        var csv = new CsvText(output);
        csv.Text(row);
        csv.Number(section.Account.Account);
        csv.Text(section.Currency.Code);
        csv.Empty(12);
        csv.Money(balance, section.Currency);
        csv.Empty(3);
        csv.End();
    }

    static void WriteSum(
        PipeWriter output, string row, StatementSection section, long count, Int128 sum, Int128? worth, Currency baseCurrency)
    {
        var csv = new CsvText(output);
        csv.Text(row);
        csv.Number(section.Account.Account);
        csv.Text(section.Currency.Code);
        csv.Empty(7);
        csv.Money(sum, section.Currency);
        csv.Empty(5);
        csv.Money(worth, baseCurrency);
        csv.Number(count);
        csv.Empty();
        csv.End();
    }

    static void WriteInstant(ref CsvText csv, string row, Instant instant)
    {
        csv.Text(row);
        csv.Empty(3);
        csv.Instant(instant);
        csv.Empty(14);
        csv.End();
    }

    static void WriteEnd(PipeWriter output, Statement statement, Language language)
    {
        var csv = new CsvText(output);
        WriteInstant(ref csv, "since", statement.Period.Start);
        WriteInstant(ref csv, "until", statement.Period.End);
        csv.Text("statement");
        csv.Empty();
        csv.Text(statement.BaseCurrency.Code);
        csv.Number(statement.Pin.Number);
        csv.Instant(statement.Pin.At);
        csv.Empty();
        csv.Text(statement.Customer?.Details?.Name.Value);
        csv.Text(statement.Customer?.Details?.Code?.Value);
        csv.Empty();
        csv.Text(statement.Pin.Hash.ToString());
        csv.Empty(6);
        csv.Money(statement.Totals.Worth, statement.BaseCurrency);
        csv.Number(statement.Totals.Sums.CreditCount + statement.Totals.Sums.DebitCount);
        csv.Empty();
        csv.End();
        if (Notices.NoQuote(statement, language) is not { } notice)
            return;
        csv.Text("notice");
        csv.Empty(8);
        csv.Text(notice);
        csv.Empty(9);
        csv.End();
    }
}
