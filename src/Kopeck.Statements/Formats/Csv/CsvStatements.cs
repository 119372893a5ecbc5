using System.Globalization;
using System.IO.Pipelines;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Csv;

/// <summary>
/// One row a movement and nothing between them. For programs (RFC 4180: commas, points, UTF-8, the ledger's own words), or for people's
/// spreadsheets, which take separator, decimal mark and order of a date from the language and need a mark to know UTF-8.
/// </summary>
/// <param name="forPeople">For a spreadsheet that opens it by a double click.</param>
sealed class CsvStatements(bool forPeople) : IStatementWriter
{
    public string Format => forPeople ? "csv-excel" : "csv";

    public string MediaType => forPeople ? "text/csv; charset=utf-8; header=present" : "text/csv; charset=utf-8";

    public string Extension => "csv";

    public async Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken)
    {
        var language = style.Language;
        var dialect = forPeople ? CsvDialect.ForPeople(language) : CsvDialect.Plain;
        new CsvText(output, dialect).Mark();
        WriteHeadings(new CsvText(output, dialect), language, statement);
        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                    WriteLine(new CsvText(output, dialect), language, statement, section, line);
                await output.SendAsync(cancellationToken);
            }

            if (section.ReadHoldsAsync is not { } read)
                continue;
            await foreach (var page in read(cancellationToken))
            {
                foreach (var hold in page)
                    WriteHold(new CsvText(output, dialect), language, statement, hold);
                await output.SendAsync(cancellationToken);
            }
        }

        await output.SendAsync(cancellationToken);
    }

    void WriteHeadings(CsvText csv, Language language, Statement statement)
    {
        string[] headings =
        [
            language.Date, language.TimeIn(forPeople ? statement.Zone.Id : "UTC"), language.Wallet, language.Currency, language.Number,
            language.Kind,
            language.Counterparty, language.CounterpartyCode, language.CounterpartyAccount, language.Description, language.Amount,
            language.Balance,
            language.OriginalAmount, language.OriginalCurrency, language.Rate, language.RatePair,
            string.Format(CultureInfo.InvariantCulture, language.Worth, statement.BaseCurrency.Code), language.RefersTo,
        ];
        if (statement.WithHolds)
        {
            var zone = forPeople ? statement.Zone.Id : "UTC";
            headings = [.. headings, language.Remaining, string.Format(CultureInfo.InvariantCulture, language.Expires, zone)];
        }

        foreach (var heading in headings)
            csv.Text(heading);
        csv.End();
    }

    void WriteLine(CsvText csv, Language language, Statement statement, StatementSection section, StatementLine line)
    {
        var currency = section.Currency;
        csv.Date(statement.Zone.DayOf(line.At));
        if (forPeople)
            csv.Text(statement.Zone.Local(line.At).ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        else
            csv.Instant(line.At);
        csv.Number(section.Account.Account);
        csv.Text(currency.Code);
        csv.Number(line.Number);
        csv.Text(forPeople ? language.Name(line.Kind) : line.Kind.Name());
        WriteCounterparty(ref csv, line);
        csv.Text(line.Description);
        csv.Money(line.Amount, currency);
        csv.Money(line.Balance, currency);
        if (line.Original is { } original)
        {
            csv.Money(original.AmountMinor, original.Currency);
            csv.Text(original.Currency.Code);
            csv.Decimal(original.Rate);
            csv.Text($"{original.From}/{original.To}");
        }
        else
        {
            csv.Empty(4);
        }

        csv.Money(line.Worth, statement.BaseCurrency);
        csv.OptionalNumber(line.RefersTo);
        if (statement.WithHolds)
            csv.Empty(2);
        csv.End();
    }

    /// <summary>A hold moves nothing: it has no amount and no balance, and two columns of its own at the end.</summary>
    void WriteHold(CsvText csv, Language language, Statement statement, Hold hold)
    {
        csv.Empty(2);
        csv.Number(hold.Account);
        csv.Text(hold.Currency.Code);
        csv.Number(hold.Id);
        csv.Text(forPeople ? language.Hold : OperationKind.Hold.Name());
        csv.Empty(2);
        csv.Text(StatementHolds.Receiver(hold));
        csv.Empty(9);
        csv.Money(hold.State.Remaining, hold.Currency);
        if (hold.State.ExpiresAt is not { } end)
            csv.Empty();
        else if (forPeople)
            csv.Text(statement.Zone.Local(end).ToString($"{language.DatePattern} HH:mm:ss", CultureInfo.InvariantCulture));
        else
            csv.Instant(end);
        csv.End();
    }

    static void WriteCounterparty(ref CsvText csv, StatementLine line)
    {
        if (line.Counterparty is not { } party)
        {
            csv.Empty(3);
            return;
        }

        csv.Text(party.Name?.Value ?? party.Code?.Value);
        csv.Text(party.CustomerCode?.Value);
        csv.Number(party.Account);
    }
}
