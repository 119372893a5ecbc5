using System.Globalization;
using System.IO.Pipelines;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats;

/// <summary>A workbook (ISO/IEC 29500): the lines of all wallets with their balances and totals, continued on further sheets where one is full, and a sheet about the statement.</summary>
/// <param name="maxRows">Of a sheet.</param>
sealed class XlsxStatements(int maxRows = Sheet.MaxRows) : IStatementWriter
{
    // Balances and totals of a wallet stay on one sheet.
    const int RoomForTotals = 8;

    static readonly int[] Widths = [18, 10, 9, 11, 24, 28, 18, 12, 36, 16, 16, 10, 18, 10, 16, 16, 10];

    public string Format => "xlsx";

    public string MediaType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public string Extension => "xlsx";

    public async Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken)
    {
        var language = style.Language;
        await using var workbook = new Workbook(output, statement.Pin.At);
        var sheet = Begin(workbook, language, statement, 1);
        var sheets = 1;
        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            if (sheet.Rows > maxRows - RoomForTotals)
                sheet = Begin(workbook, language, statement, ++sheets);
            WriteBalance(sheet, language.Opening, section, section.Opening);
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                {
                    if (sheet.Rows > maxRows - RoomForTotals)
                        sheet = Begin(workbook, language, statement, ++sheets);
                    WriteLine(sheet, language, section, line, statement);
                }

                await workbook.SendAsync(cancellationToken);
            }

            WriteTotals(sheet, language, section, statement);
        }

        WriteAbout(workbook.Begin(language.Total, [28, 70]), language, statement);
        await workbook.FinishAsync(cancellationToken);
    }

    static Sheet Begin(Workbook workbook, Language language, Statement statement, int number)
    {
        var sheet = workbook.Begin(number == 1 ? language.Statement : string.Create(CultureInfo.InvariantCulture, $"{language.Statement} {number}"), Widths);
        sheet.BeginRow();
        foreach (var heading in new[]
        {
            language.Kind, language.Wallet, language.Currency, language.Number, language.Time, language.Counterparty, language.CounterpartyCode, language.CounterpartyAccount, language.Description,
            language.Amount, language.OriginalAmount, language.OriginalCurrency, language.Rate, language.RatePair, language.Balance,
            string.Format(CultureInfo.InvariantCulture, language.Worth, statement.BaseCurrency.Code), language.Count,
        })
            sheet.Text(heading, SheetStyle.Bold);
        sheet.EndRow();
        return sheet;
    }

    static void WriteLine(Sheet sheet, Language language, StatementSection section, StatementLine line, Statement statement)
    {
        sheet.BeginRow();
        sheet.Text(language.Name(line.Kind));
        sheet.Integer(section.Account.Account);
        sheet.Text(section.Currency.Code);
        sheet.Integer(line.Number);
        sheet.Time(line.At);
        if (line.Counterparty is { } party)
        {
            sheet.Text(party.Name?.Value ?? party.Code?.Value);
            sheet.Text(party.CustomerCode?.Value);
            sheet.Integer(party.Account);
        }
        else
        {
            sheet.Empty(3);
        }

        sheet.Text(line.Description);
        sheet.Money(line.Amount, section.Currency);
        if (line.Original is { } original)
        {
            sheet.Money(original.AmountMinor, original.Currency);
            sheet.Text(original.Currency.Code);
            sheet.Rate(original.Rate);
            sheet.Text($"{original.From}/{original.To}");
        }
        else
        {
            sheet.Empty(4);
        }

        sheet.Money(line.Balance, section.Currency);
        sheet.Money(line.Worth, statement.BaseCurrency);
        sheet.EndRow();
    }

    static void WriteBalance(Sheet sheet, string name, StatementSection section, long balance)
    {
        sheet.BeginRow();
        sheet.Text(name, SheetStyle.Bold);
        sheet.Integer(section.Account.Account);
        sheet.Text(section.Currency.Code);
        sheet.Empty(11);
        sheet.Money(balance, section.Currency, isBold: true);
        sheet.EndRow();
    }

    static void WriteTotals(Sheet sheet, Language language, StatementSection section, Statement statement)
    {
        var totals = section.Totals;
        WriteSum(sheet, language.Credits, section, totals.Sums.CreditCount, totals.Sums.Credits, totals.WorthOfCredits, statement);
        WriteSum(sheet, language.Debits, section, totals.Sums.DebitCount, totals.Sums.Debits, totals.WorthOfDebits, statement);
        WriteSum(sheet, language.Total, section, totals.Sums.CreditCount + totals.Sums.DebitCount, totals.Net, totals.Worth, statement);
        WriteBalance(sheet, language.Closing, section, section.Closing);
    }

    static void WriteSum(Sheet sheet, string name, StatementSection section, long count, Int128 sum, Int128? worth, Statement statement)
    {
        sheet.BeginRow();
        sheet.Text(name, SheetStyle.Bold);
        sheet.Integer(section.Account.Account);
        sheet.Text(section.Currency.Code);
        sheet.Empty(6);
        sheet.Money(sum, section.Currency, isBold: true);
        sheet.Empty(5);
        sheet.Money(worth, statement.BaseCurrency, isBold: true);
        sheet.Integer(count);
        sheet.EndRow();
    }

    static void WriteAbout(Sheet sheet, Language language, Statement statement)
    {
        void Row(string name, Action<Sheet> value)
        {
            sheet.BeginRow();
            sheet.Text(name, SheetStyle.Bold);
            value(sheet);
            sheet.EndRow();
        }

        Row(language.Statement, row => row.Text(statement.Book.Value));
        Row(language.Customer, row => row.Text(statement.Customer.Details?.Name.Value ?? language.Erased));
        Row(language.Period, row => row.Text($"{statement.Period.Start} .. {statement.Period.End}"));
        Row(language.DrawnAt, row => row.Integer(statement.Pin.Number));
        Row("SHA-256", row => row.Text(statement.Pin.Hash.ToString()));
        Row(language.Time, row => row.Time(statement.Pin.At));
        Row(language.Count, row => row.Integer(statement.Totals.Sums.CreditCount + statement.Totals.Sums.DebitCount));
        Row(string.Format(CultureInfo.InvariantCulture, language.Worth, statement.BaseCurrency.Code), row => row.Money(statement.Totals.Worth, statement.BaseCurrency));
        if (Notices.NoQuote(statement, language) is { } notice)
            Row("!", row => row.Text(notice));
    }
}
