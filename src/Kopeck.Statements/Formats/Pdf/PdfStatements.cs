using System.Globalization;
using System.IO.Pipelines;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Pdf;

/// <summary>
/// PDF 1.7, to be handed to a customer: the house's letterhead, what each wallet comes to, then its lines in a table with headings on every
/// page; tagged, with embedded fonts.
/// </summary>
sealed class PdfStatements : IStatementWriter
{
    const int TextSize = 8_000;
    const int SectionSize = 10_000;

    // A wallet does not begin at the foot of a page: its title, the headings, the opening balance and a few lines stay together.
    const int SectionRows = 7;

    public string Format => "pdf";

    public string MediaType => "application/pdf";

    public string Extension => "pdf";

    // Every page is kept in the file's table of places, and nobody reads more.
    public int? MaxLines => 100_000;

    public async Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken)
    {
        var language = style.Language;
        var title = $"{language.Statement}: {PdfFacts.Who(statement, language)}";
        using var document =
            new PdfDocument(output, language, style.Letterhead, statement.Pin.At, PdfFacts.Footer(statement, language), isPortrait: false);
        var running = WholeText.Join("  ·  ", style.Letterhead?.Name, language.Statement, PdfFacts.Who(statement, language));
        var flow = PdfHead.Begin(document.Pages, style.Letterhead, language.Statement, running);
        PdfFacts.Write(flow, statement, language);
        var hasWallets = await PdfSummary.WriteAsync(flow, statement, style, isOfBalances: false, cancellationToken);
        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            var table = Begin(flow, statement, style, section);
            WriteBalance(table, language, language.Opening, statement.Period.FirstDay, section.Opening, section);
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                    WriteLine(table, language, line, section.Currency, statement);
                await output.SendAsync(cancellationToken);
            }

            WriteTotals(table, language, section, statement);
            table.Finish();
            if (section.ReadHoldsAsync is { } read)
                await PdfHolds.WriteAsync(flow, statement, language, section, read(cancellationToken), output, cancellationToken);
        }

        if (!hasWallets)
            flow.Paragraph(language.NoWallets, SectionSize, isBold: false);
        else if (statement.Wallet is null && statement.Totals.Worth is { } worth)
            flow.Paragraph(
                $"{language.AllMovements}: {language.Grouped(AmountText.Format(worth, statement.BaseCurrency))} {statement.BaseCurrency.Code}",
                TextSize, isBold: true);
        if (Notices.NoQuote(statement, language) is { } notice)
            flow.Paragraph(notice, TextSize, isBold: false);
        PdfHead.Boxes(flow, language);
        var period = statement.Period;
        var subject =
            $"{statement.Book}/{statement.Pin.Hash}/{PlainText.Of(statement.Customer?.Id ?? 0)}/{PlainText.Of(statement.Wallet?.Account ?? 0)}/{period.Start}/{period.End}/{period.Zone}/{language.Code}";
        if (statement.WithHolds)
            subject += "/holds";
        document.Finish(title, subject);
        await output.SendAsync(cancellationToken);
    }

    static PdfTable Begin(PdfFlow flow, Statement statement, StatementStyle style, StatementSection section)
    {
        var account = section.Account;
        if (!flow.HasRoom(PdfTable.RowsHeight(SectionRows)))
            flow.TurnPage();
        var number = style.NumbersOf(account) is var numbers && numbers.Iban is { } iban ? Iban.Grouped(iban) : numbers.Number;
        flow.Paragraph(
            WholeText.Join(
                "  ·  ", $"{style.Language.Wallet} {PlainText.Of(account.Account)}", number, account.Currency.Code, account.Code?.Value),
            SectionSize, isBold: true, "H2");
        return new PdfTable(flow, Columns(style.Language, statement, section));
    }

    /// <summary>In a wallet of the base currency the amount is the worth, which needs no column.</summary>
    static PdfColumn[] Columns(Language language, Statement statement, StatementSection section)
    {
        var isBase = section.Currency.Code == statement.BaseCurrency.Code;
        PdfColumn[] columns =
        [
            new(language.Number, 44_000),
            new(language.TimeIn(statement.Zone.Id), 78_000),
            new(language.Kind, 62_000),
            new(language.Counterparty, 122_000),
            new(language.Description, isBase ? 204_000 : 132_000),
            new(language.Amount, 80_000, IsNumber: true),
            new($"{language.OriginalAmount}, {language.Rate}", 100_000, IsNumber: true),
            new(language.Balance, 80_000, IsNumber: true),
        ];
        return isBase
            ? columns
            :
            [
                .. columns,
                new(string.Format(CultureInfo.InvariantCulture, language.Worth, statement.BaseCurrency.Code), 72_000, IsNumber: true)
            ];
    }

    static void WriteLine(PdfTable table, Language language, StatementLine line, Currency currency, Statement statement) => table.Row(Cells(
        currency,
        statement,
        PlainText.Of(line.Number),
        PdfFacts.Time(line.At, statement.Zone, language),
        line.RefersTo is { } number ? $"{language.Name(line.Kind)} ({PlainText.Of(number)})" : language.Name(line.Kind),
        line.Counterparty is { } party
            ? WholeText.Join(
                " ", party.Name?.Value ?? party.Code?.Value, party.CustomerCode is { } code ? $"({code.Value})" : null,
                PlainText.Of(party.Account))
            : null,
        line.Description,
        language.Grouped(MoneyText.Format(line.Amount, currency)),
        line.Original is { } original
            ? $"{language.Grouped(MoneyText.Format(original.AmountMinor, original.Currency))} {original.Currency.Code}\n{language.Grouped(original.Rate)} {original.From}/{original.To}"
            : null,
        language.Grouped(MoneyText.Format(line.Balance, currency)),
        AmountText.Format(line.Worth, statement.BaseCurrency) is { } worth ? language.Grouped(worth) : null));

    static string?[] Cells(Currency currency, Statement statement, params string?[] cells) =>
        currency.Code == statement.BaseCurrency.Code ? cells[..^1] : cells;

    static void WriteBalance(PdfTable table, Language language, string name, DateOnly day, long balance, StatementSection section)
    {
        var amount = language.Grouped(MoneyText.Format(balance, section.Currency));
        string?[] cells = [null, language.Format(day), null, name, null, null, null, amount, null];
        table.Row(cells[..table.Columns], isBold: true);
    }

    static void WriteTotals(PdfTable table, Language language, StatementSection section, Statement statement)
    {
        var totals = section.Totals;
        table.Keep(section.Available is null ? 5 : 6);
        void Sum(string name, long count, Int128 sum, Int128? worth)
        {
            var amount = language.Grouped(AmountText.Format(sum, section.Currency));
            var value = AmountText.Format(worth, statement.BaseCurrency) is { } known ? language.Grouped(known) : null;
            table.Row(
                Cells(
                    section.Currency, statement, null, null, null, name, $"{language.Count}: {PlainText.Of(count)}", amount, null, null,
                    value),
                isBold: true);
        }

        Sum(language.Credits, totals.Sums.CreditCount, totals.Sums.Credits, totals.WorthOfCredits);
        Sum(language.Debits, totals.Sums.DebitCount, totals.Sums.Debits, totals.WorthOfDebits);
        Sum(language.Total, totals.Sums.CreditCount + totals.Sums.DebitCount, totals.Net, totals.Worth);
        WriteBalance(table, language, language.Closing, statement.Period.LastDay, section.Closing, section);
        if (section.Available is { } available)
            WriteBalance(table, language, language.Available, statement.Period.LastDay, available, section);
    }
}
