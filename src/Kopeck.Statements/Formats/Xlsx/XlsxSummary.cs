using System.Globalization;
using Kopeck.Ledger.Reference;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Xlsx;

/// <summary>The first sheet: who, whose, when, and what each wallet comes to.</summary>
static class XlsxSummary
{
    static readonly int[] Widths = [26, 26, 16, 10, 18, 22, 22, 22, 22, 24];

    public static void Write(Workbook workbook, Statement statement, StatementStyle style, IReadOnlyList<XlsxWallet> wallets)
    {
        var language = style.Language;
        var sheet = workbook.Begin(new SheetLayout(language.Summary, Widths), isFirst: true);
        if (style.Letterhead is { } house)
        {
            Line(sheet, house.Name, SheetStyle.Bold);
            foreach (var line in house.Lines)
                Line(sheet, line, SheetStyle.Plain);
            Blank(sheet);
        }

        Line(sheet, language.Statement, SheetStyle.Title);
        WriteFacts(sheet, language, statement);
        Blank(sheet);
        WriteHeadings(sheet, language, statement);
        foreach (var wallet in wallets)
            WriteWallet(sheet, style, statement, wallet);
        if (wallets.Count > 1 && wallets.Aggregate((Int128?)0, (sum, wallet) => sum + wallet.ClosingWorth) is { } total)
        {
            sheet.BeginRow();
            sheet.Text(language.Total, SheetStyle.Bold);
            sheet.Empty(8);
            sheet.Money(total, statement.BaseCurrency, isBold: true);
            sheet.EndRow();
        }
    }

    static void WriteFacts(Sheet sheet, Language language, Statement statement)
    {
        if (statement.Customer is { } customer)
        {
            Fact(sheet, language.Customer, row => row.Text(customer.Details?.Name.Value ?? language.Erased));
            if (customer.Details is { } details)
                Fact(
                    sheet, language.Address,
                    row => row.Text(WholeText.Join(", ", details.City.ToString(), Country(customer.Country.Value, language))));
        }

        var period = statement.Period;
        Fact(sheet, language.Period, row => row.Text($"{language.Format(period.FirstDay)} – {language.Format(period.LastDay)}"));
        Fact(sheet, language.Zone, row => row.Text(statement.Zone.Id));
        Fact(sheet, language.Book, row => row.Text(statement.Book.Value));
        Fact(sheet, language.DrawnAt, row => row.Integer(statement.Pin.Number));
        Fact(sheet, language.TimeIn(statement.Zone.Id), row => row.Time(statement.Pin.At, statement.Zone));
        Fact(sheet, "SHA-256", row => row.Text(statement.Pin.Hash.ToString()));
        Fact(sheet, language.Count, row => row.Integer(statement.Totals.Sums.CreditCount + statement.Totals.Sums.DebitCount));
        Fact(
            sheet, $"{language.AllMovements}, {statement.BaseCurrency.Code}",
            row => row.Money(statement.Totals.Worth, statement.BaseCurrency));
        if (Notices.NoQuote(statement, language) is { } notice)
            Fact(sheet, "!", row => row.Text(notice));
    }

    static void WriteHeadings(Sheet sheet, Language language, Statement statement)
    {
        sheet.BeginRow();
        foreach (var heading
            in new[] { language.Wallet, language.AccountNumber, language.Reports["code"], language.Currency, language.Status })
            sheet.Text(heading, SheetStyle.Heading);
        foreach (var heading in new[] { language.Opening, language.Credits, language.Debits, language.Closing })
            sheet.Text(heading, SheetStyle.NumberHeading);
        sheet.Text(
            string.Format(CultureInfo.InvariantCulture, language.ClosingWorth, statement.BaseCurrency.Code), SheetStyle.NumberHeading);
        sheet.EndRow();
    }

    static void WriteWallet(Sheet sheet, StatementStyle style, Statement statement, XlsxWallet wallet)
    {
        var section = wallet.Section;
        sheet.BeginRow();
        sheet.Text(PlainText.Of(section.Account.Account));
        sheet.Text(style.NumbersOf(section.Account) is { Iban: { } iban } ? Iban.Grouped(iban) : style.NumberOf(section.Account));
        sheet.Text(section.Account.Code?.Value);
        sheet.Text(section.Currency.Code);
        sheet.Text(style.Language.Statuses[section.Status]);
        sheet.Money(section.Opening, section.Currency);
        sheet.Money(wallet.Sums.Credits, section.Currency);
        sheet.Money(wallet.Sums.Debits, section.Currency);
        sheet.Money(section.Closing, section.Currency, isBold: true);
        sheet.Money(wallet.ClosingWorth, statement.BaseCurrency);
        sheet.EndRow();
    }

    static string Country(string code, Language language) =>
        Countries.TryFind(code, out var country) ? language.Code == "ru" ? country.NameRu : country.Name : code;

    static void Fact(Sheet sheet, string name, Action<Sheet> value)
    {
        sheet.BeginRow();
        sheet.Text(name, SheetStyle.Bold);
        value(sheet);
        sheet.EndRow();
    }

    static void Line(Sheet sheet, string text, int style)
    {
        sheet.BeginRow();
        sheet.Text(text, style);
        sheet.EndRow();
    }

    static void Blank(Sheet sheet)
    {
        sheet.BeginRow();
        sheet.EndRow();
    }
}
