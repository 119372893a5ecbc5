using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Kopeck.Ledger;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Pdf;

/// <summary>PDF 1.7, to be handed to a customer: the house's letterhead, a table with headings on every page, page numbers, an embedded font.</summary>
sealed class PdfStatements : IStatementWriter
{
    const int TitleSize = 15;
    const int NameSize = 12;
    const int TextSize = 8;
    const int SectionSize = 10;

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
        using var file = new PdfFile(output);
        var about = string.Create(CultureInfo.InvariantCulture, $"{statement.Book}  ·  {language.DrawnAt} {statement.Pin.Number}  ·  {Time(statement.Pin.At)} UTC  ·  {statement.Pin.Hash}");
        var pages = new PdfPages(file, about, language.Page);
        var table = new PdfTable(pages, Columns(language, statement.BaseCurrency), WriteHead(pages, statement, style), () => WriteShortHead(pages, statement, style));
        var hasWallets = false;
        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            table.Begin(WholeText.Join("  ·  ", string.Create(CultureInfo.InvariantCulture, $"{language.Wallet} {section.Account.Account}"), section.Currency.Code, section.Account.Code?.Value), SectionSize, SectionRows);
            hasWallets = true;
            WriteBalance(table, language, language.Opening, section.Opening, section.Currency);
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                    WriteLine(table, language, line, section.Currency, statement.BaseCurrency);
                await output.SendAsync(cancellationToken);
            }

            WriteTotals(table, language, section, statement.BaseCurrency);
        }

        if (!hasWallets)
            table.Line(language.NoWallets, SectionSize, isBold: false);
        else if (statement.Wallet is null && statement.Totals.Worth is { } worth)
            table.Line($"{language.AllMovements}: {Grouped(AmountText.Format(worth, statement.BaseCurrency), language)} {statement.BaseCurrency.Code}", SectionSize, isBold: true);
        if (Notices.NoQuote(statement, language) is { } notice)
            table.Line(notice, TextSize, isBold: false);
        pages.EndPage();
        Finish(file, pages.Finish(), statement, style);
        await output.SendAsync(cancellationToken);
    }

    static PdfColumn[] Columns(Language language, Currency baseCurrency) =>
    [
        new(language.Number, 50_000),
        new(language.Time, 80_000),
        new(language.Kind, 62_000),
        new(language.Counterparty, 118_000),
        new(language.Description, 126_000),
        new(language.Amount, 80_000, IsRight: true),
        new($"{language.OriginalAmount}, {language.Rate}", 106_000, IsRight: true),
        new(language.Balance, 80_000, IsRight: true),
        new(string.Format(CultureInfo.InvariantCulture, language.Worth, baseCurrency.Code), 68_000, IsRight: true),
    ];

    /// <summary>The head of the first page; answers where the table starts.</summary>
    static int WriteHead(PdfPages pages, Statement statement, StatementStyle style)
    {
        var (language, place) = (style.Language, PdfPages.Height - PdfPages.Margin);
        void Line(string text, int size, bool isBold)
        {
            place -= size * 1000 + 3_000;
            pages.Text(text, PdfPages.Margin, place, size, isBold);
        }

        if (style.Letterhead is { } letterhead)
        {
            Line(letterhead.Name, NameSize, isBold: true);
            foreach (var line in letterhead.Lines)
                Line(line, TextSize, isBold: false);
            place -= 8_000;
            pages.Rule(place, 0);
            place -= 4_000;
        }

        Line(language.Statement, TitleSize, isBold: true);
        place -= 3_000;
        Line($"{language.Customer}: {Who(statement, language)}", TextSize, isBold: false);
        Line($"{language.Period}: {Time(statement.Period.Start)} – {Time(statement.Period.End)} UTC", TextSize, isBold: false);
        return place - 6_000;
    }

    /// <summary>The head of the pages after the first.</summary>
    static int WriteShortHead(PdfPages pages, Statement statement, StatementStyle style)
    {
        var place = PdfPages.Height - PdfPages.Margin - TextSize * 1000;
        pages.Text(WholeText.Join("  ·  ", style.Letterhead?.Name, style.Language.Statement, Who(statement, style.Language)), PdfPages.Margin, place, TextSize, isBold: false);
        return place - 8_000;
    }

    static string Who(Statement statement, Language language)
    {
        var customer = statement.Customer;
        return WholeText.Join(", ", customer.Details?.Name.Value ?? language.Erased, customer.Details?.Code?.Value, customer.Id.ToString(CultureInfo.InvariantCulture));
    }

    static void WriteLine(PdfTable table, Language language, StatementLine line, Currency currency, Currency baseCurrency) => table.Row(
    [
        line.Number.ToString(CultureInfo.InvariantCulture),
        Time(line.At),
        language.Name(line.Kind),
        line.Counterparty is { } party
            ? WholeText.Join(" ", party.Name?.Value ?? party.Code?.Value, party.CustomerCode is { } code ? $"({code.Value})" : null, party.Account.ToString(CultureInfo.InvariantCulture))
            : null,
        line.Description,
        Grouped(MoneyText.Format(line.Amount, currency), language),
        // A rate stays in one line with its pair.
        line.Original is { } original ? $"{Grouped(MoneyText.Format(original.AmountMinor, original.Currency), language)} {original.Currency.Code} {original.Rate}\u00A0{original.From}/{original.To}" : null,
        Grouped(MoneyText.Format(line.Balance, currency), language),
        Grouped(AmountText.Format(line.Worth, baseCurrency), language),
    ]);

    static void WriteBalance(PdfTable table, Language language, string name, long balance, Currency currency) =>
        table.Row([null, null, null, name, null, null, null, Grouped(MoneyText.Format(balance, currency), language), null], isBold: true);

    static void WriteTotals(PdfTable table, Language language, StatementSection section, Currency baseCurrency)
    {
        var totals = section.Totals;
        table.Keep(5);
        void Sum(string name, long count, Int128 sum, Int128? worth) => table.Row(
            [null, null, null, name, string.Create(CultureInfo.InvariantCulture, $"{language.Count}: {count}"), Grouped(AmountText.Format(sum, section.Currency), language), null, null, Grouped(AmountText.Format(worth, baseCurrency), language)], isBold: true);

        Sum(language.Credits, totals.Sums.CreditCount, totals.Sums.Credits, totals.WorthOfCredits);
        Sum(language.Debits, totals.Sums.DebitCount, totals.Sums.Debits, totals.WorthOfDebits);
        Sum(language.Total, totals.Sums.CreditCount + totals.Sums.DebitCount, totals.Net, totals.Worth);
        WriteBalance(table, language, language.Closing, section.Closing, section.Currency);
    }

    static void Finish(PdfFile file, int pages, Statement statement, StatementStyle style)
    {
        var title = $"{style.Language.Statement}: {Who(statement, style.Language)}";
        var at = Time(statement.Pin.At);
        var catalog = file.Write(string.Create(CultureInfo.InvariantCulture, $"<< /Type /Catalog /Pages {pages} 0 R /Lang ({style.Language.Code}) /ViewerPreferences << /DisplayDocTitle true >> >>"));
        var author = style.Letterhead is { } letterhead ? $" /Author {PdfFile.Text(letterhead.Name)}" : "";
        var information = file.Write($"<< /Title {PdfFile.Text(title)}{author} /Producer (Kopeck) /CreationDate (D:{string.Concat(at.Where(char.IsAsciiDigit))}Z) >>");
        var subject = string.Create(CultureInfo.InvariantCulture, $"{statement.Book}/{statement.Pin.Hash}/{statement.Customer.Id}/{statement.Wallet?.Account}/{statement.Period.Start}/{statement.Period.End}/{style.Language.Code}");
        file.Finish(catalog, information, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(subject)).AsSpan(0, 16)));
    }

    /// <summary>An amount with its thousands apart, for people: pages are not read by programs.</summary>
    static string? Grouped(string? amount, Language language)
    {
        if (amount is null)
            return null;
        var grouped = new StringBuilder(amount);
        var start = amount[0] == '-' ? 1 : 0;
        var point = amount.IndexOf('.', StringComparison.Ordinal);
        for (var place = (point < 0 ? amount.Length : point) - 3; place > start; place -= 3)
            grouped.Insert(place, language.ThousandsSeparator);
        return grouped.ToString();
    }

    static string Time(Instant instant) => instant.ToString()[..19].Replace('T', ' ');
}
