using System.Globalization;
using Kopeck.Ledger.Holds;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Xlsx;

/// <summary>The sheet of the holds that are open at the pin, continued on further sheets where one is full.</summary>
static class XlsxHolds
{
    static readonly int[] Widths = [11, 9, 9, 19, 12, 18, 18, 18];

    public static async Task WriteAsync(
        Workbook workbook, Statement statement, Language language, int maxRows, CancellationToken cancellationToken)
    {
        var sheets = 1;
        var sheet = Begin(workbook, statement, language, sheets);
        await foreach (var section in statement.OpenSectionsAsync(cancellationToken))
        {
            await foreach (var page in section.ReadHoldsAsync!(cancellationToken))
            {
                foreach (var hold in page)
                {
                    if (sheet.Rows >= maxRows)
                        sheet = Begin(workbook, statement, language, ++sheets);
                    Write(sheet, statement, hold);
                }

                await workbook.SendAsync(cancellationToken);
            }
        }
    }

    static Sheet Begin(Workbook workbook, Statement statement, Language language, int number)
    {
        var name = number == 1 ? language.Holds : string.Create(CultureInfo.InvariantCulture, $"{language.Holds} {number}");
        var sheet = workbook.Begin(new SheetLayout(name, Widths, IsTable: true));
        sheet.BeginRow();
        sheet.Text(language.Hold, SheetStyle.NumberHeading);
        sheet.Text(language.Wallet, SheetStyle.NumberHeading);
        sheet.Text(language.Currency, SheetStyle.Heading);
        sheet.Text(string.Format(CultureInfo.InvariantCulture, language.Expires, statement.Zone.Id), SheetStyle.Heading);
        foreach (var heading in new[] { language.CounterpartyAccount, language.Authorised, language.Captured, language.Remaining })
            sheet.Text(heading, SheetStyle.NumberHeading);
        sheet.EndRow();
        return sheet;
    }

    static void Write(Sheet sheet, Statement statement, Hold hold)
    {
        sheet.BeginRow();
        sheet.Integer(hold.Id);
        sheet.Integer(hold.Account);
        sheet.Text(hold.Currency.Code);
        if (hold.State.ExpiresAt is { } end)
            sheet.Time(end, statement.Zone);
        else
            sheet.Empty();
        if (hold.To is { } to)
            sheet.Integer(to);
        else
            sheet.Text(StatementHolds.Receiver(hold));
        sheet.Money(hold.State.Authorised, hold.Currency);
        sheet.Money(hold.State.Captured, hold.Currency);
        sheet.Money(hold.State.Remaining, hold.Currency, isBold: true);
        sheet.EndRow();
    }
}
