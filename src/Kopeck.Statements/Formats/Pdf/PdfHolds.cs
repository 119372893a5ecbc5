using System.Globalization;
using System.IO.Pipelines;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Pdf;

/// <summary>A wallet's open holds in a table below its movements; nothing where there are none.</summary>
static class PdfHolds
{
    const int TitleSize = 8_000;

    // The title, the headings and a few holds stay together.
    const int TitleRows = 4;

    public static async Task WriteAsync(
        PdfFlow flow, Statement statement, Language language, StatementSection section, IAsyncEnumerable<IReadOnlyList<Hold>> pages,
        PipeWriter output, CancellationToken cancellationToken)
    {
        PdfTable? table = null;
        await foreach (var page in pages)
        {
            table ??= Begin(flow, statement, language, section);
            foreach (var hold in page)
                Write(table, statement, language, hold);
            await output.SendAsync(cancellationToken);
        }

        table?.Finish();
    }

    static PdfTable Begin(PdfFlow flow, Statement statement, Language language, StatementSection section)
    {
        if (!flow.HasRoom(PdfTable.RowsHeight(TitleRows)))
            flow.TurnPage();
        flow.Paragraph($"{language.Holds}  ·  {language.Wallet} {PlainText.Of(section.Account.Account)}", TitleSize, isBold: true, "H3");
        return new PdfTable(
            flow,
            [
                new(language.Hold, 70_000),
                new(string.Format(CultureInfo.InvariantCulture, language.Expires, statement.Zone.Id), 130_000),
                new(language.CounterpartyAccount, 150_000),
                new(language.Authorised, 110_000, IsNumber: true),
                new(language.Captured, 110_000, IsNumber: true),
                new(language.Remaining, 110_000, IsNumber: true),
            ]);
    }

    static void Write(PdfTable table, Statement statement, Language language, Hold hold) => table.Row(
    [
        PlainText.Of(hold.Id),
        hold.State.ExpiresAt is { } end ? PdfFacts.Time(end, statement.Zone, language) : null,
        hold.ToCash ? language.AccountKinds[AccountKind.Cash] : StatementHolds.Receiver(hold),
        Money(language, hold.State.Authorised, hold),
        Money(language, hold.State.Captured, hold),
        Money(language, hold.State.Remaining, hold),
    ]);

    static string Money(Language language, long minor, Hold hold) => language.Grouped(MoneyText.Format(minor, hold.Currency));
}
