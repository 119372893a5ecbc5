using System.Globalization;
using System.IO.Pipelines;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Xlsx;

/// <summary>
/// A workbook (ISO/IEC 29500): a sheet that says what the statement is and what each wallet comes to, and the lines of all wallets with
/// their balances and totals, continued on further sheets where one is full.
/// </summary>
/// <param name="maxRows">Of a sheet.</param>
sealed class XlsxStatements(int maxRows = Sheet.MaxRows) : IStatementWriter
{
    // Balances and totals of a wallet stay on one sheet.
    const int RoomForTotals = 8;
    const int MinAmount = 13;

    public string Format => "xlsx";

    public string MediaType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public string Extension => "xlsx";

    public async Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken)
    {
        var language = style.Language;
        await using var workbook = new Workbook(output, statement.Pin.At, language.DatePattern);
        var layout = await LayOutAsync(statement, style, cancellationToken);
        var sheet = Begin(workbook, layout, language, statement, 1);
        var sheets = 1;
        var wallets = new List<XlsxWallet>();
        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            if (sheet.Rows > maxRows - RoomForTotals)
                sheet = Begin(workbook, layout, language, statement, ++sheets);
            WriteBalance(sheet, language.Opening, statement.Period.FirstDay, section, section.Opening);
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                {
                    if (sheet.Rows > maxRows - RoomForTotals)
                        sheet = Begin(workbook, layout, language, statement, ++sheets);
                    WriteLine(sheet, language, section, line, statement);
                }

                await workbook.SendAsync(cancellationToken);
            }

            WriteTotals(sheet, language, section, statement);
            wallets.Add(new XlsxWallet(section, section.Totals.Sums, await section.ValueClosingAsync(cancellationToken)));
        }

        if (statement.WithHolds)
            await XlsxHolds.WriteAsync(workbook, statement, language, maxRows, cancellationToken);
        XlsxSummary.Write(workbook, statement, style, wallets);
        await workbook.FinishAsync(cancellationToken);
    }

    /// <summary>
    /// Columns as wide as the largest amount may be: no balance is more than the opening balance and all credits, or all debits.
    /// </summary>
    static async Task<SheetLayout> LayOutAsync(Statement statement, StatementStyle style, CancellationToken cancellationToken)
    {
        var amount = MinAmount;
        await foreach (var section in statement.OpenSectionsAsync(cancellationToken))
        {
            var sums = await section.SummarizeAsync(cancellationToken);
            amount = Math.Max(amount, Width(Int128.Abs(section.Opening) + Int128.Max(sums.Credits, -sums.Debits), section));
        }

        int[] widths = [19, 14, 26, 36, amount, amount, 14, 10, 13, 10, Math.Max(amount, 16), 9, 9, 11, 14, 14, 8, 12];
        var title = WholeText.Join("  ·  ", style.Letterhead?.Name, style.Language.Statement, statement.Customer?.Details?.Name.Value);
        return new SheetLayout(style.Language.Statement, widths, IsTable: true, FrozenColumns: 1, PageTitle: title);
    }

    // Digits, separators of thousands, a sign, and a little air.
    static int Width(Int128 minor, StatementSection section)
    {
        var length = AmountText.Format(minor, section.Currency).Length;
        return length + (length - section.Currency.MinorUnits) / 3 + 3;
    }

    static Sheet Begin(Workbook workbook, SheetLayout layout, Language language, Statement statement, int number)
    {
        var name = number == 1 ? layout.Name : string.Create(CultureInfo.InvariantCulture, $"{layout.Name} {number}");
        var sheet = workbook.Begin(layout with { Name = name });
        sheet.BeginRow();
        foreach (var heading in new[] { language.TimeIn(statement.Zone.Id), language.Kind, language.Counterparty, language.Description })
            sheet.Text(heading, SheetStyle.Heading);
        foreach (var heading in new[] { language.Amount, language.Balance, language.OriginalAmount })
            sheet.Text(heading, SheetStyle.NumberHeading);
        sheet.Text(language.OriginalCurrency, SheetStyle.Heading);
        sheet.Text(language.Rate, SheetStyle.NumberHeading);
        sheet.Text(language.RatePair, SheetStyle.Heading);
        sheet.Text(string.Format(CultureInfo.InvariantCulture, language.Worth, statement.BaseCurrency.Code), SheetStyle.NumberHeading);
        sheet.Text(language.Wallet, SheetStyle.NumberHeading);
        sheet.Text(language.Currency, SheetStyle.Heading);
        sheet.Text(language.Number, SheetStyle.NumberHeading);
        sheet.Text(language.CounterpartyCode, SheetStyle.Heading);
        sheet.Text(language.CounterpartyAccount, SheetStyle.NumberHeading);
        sheet.Text(language.Count, SheetStyle.NumberHeading);
        sheet.Text(language.RefersTo, SheetStyle.NumberHeading);
        sheet.EndRow();
        return sheet;
    }

    static void WriteLine(Sheet sheet, Language language, StatementSection section, StatementLine line, Statement statement)
    {
        sheet.BeginRow();
        sheet.Time(line.At, statement.Zone);
        sheet.Text(language.Name(line.Kind));
        sheet.LongText(line.Counterparty?.Name?.Value ?? line.Counterparty?.Code?.Value);
        sheet.LongText(line.Description);
        sheet.Money(line.Amount, section.Currency);
        sheet.Money(line.Balance, section.Currency);
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

        sheet.Money(line.Worth, statement.BaseCurrency);
        sheet.Integer(section.Account.Account);
        sheet.Text(section.Currency.Code);
        sheet.Integer(line.Number);
        if (line.Counterparty is { } party)
        {
            sheet.Text(party.CustomerCode?.Value);
            sheet.Integer(party.Account);
        }
        else
        {
            sheet.Empty(2);
        }

        sheet.Empty();
        if (line.RefersTo is { } number)
            sheet.Integer(number);
        sheet.EndRow();
    }

    static void WriteBalance(Sheet sheet, string name, DateOnly day, StatementSection section, long balance)
    {
        sheet.BeginRow();
        sheet.Date(day, SheetStyle.BoldDate);
        sheet.Text(name, SheetStyle.Bold);
        sheet.Empty(3);
        sheet.Money(balance, section.Currency, isBold: true);
        sheet.Empty(5);
        sheet.Integer(section.Account.Account);
        sheet.Text(section.Currency.Code);
        sheet.EndRow();
    }

    static void WriteTotals(Sheet sheet, Language language, StatementSection section, Statement statement)
    {
        var totals = section.Totals;
        WriteSum(sheet, language.Credits, section, totals.Sums.CreditCount, totals.Sums.Credits, totals.WorthOfCredits, statement);
        WriteSum(sheet, language.Debits, section, totals.Sums.DebitCount, totals.Sums.Debits, totals.WorthOfDebits, statement);
        WriteSum(sheet, language.Total, section, totals.Sums.CreditCount + totals.Sums.DebitCount, totals.Net, totals.Worth, statement);
        WriteBalance(sheet, language.Closing, statement.Period.LastDay, section, section.Closing);
        if (section.Available is { } available)
            WriteBalance(sheet, language.Available, statement.Period.LastDay, section, available);
    }

    static void WriteSum(Sheet sheet, string name, StatementSection section, long count, Int128 sum, Int128? worth, Statement statement)
    {
        sheet.BeginRow();
        sheet.Empty();
        sheet.Text(name, SheetStyle.Bold);
        sheet.Empty(2);
        sheet.Money(sum, section.Currency, isBold: true);
        sheet.Empty(5);
        sheet.Money(worth, statement.BaseCurrency, isBold: true);
        sheet.Integer(section.Account.Account);
        sheet.Text(section.Currency.Code);
        sheet.Empty(3);
        sheet.Integer(count);
        sheet.EndRow();
    }
}
