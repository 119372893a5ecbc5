using System.Globalization;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Pdf;

/// <summary>
/// What each wallet comes to: opening balance, what came in, what went out, closing balance and its worth. Known before the lines are read.
/// </summary>
static class PdfSummary
{
    /// <summary>Whether there is any wallet.</summary>
    /// <param name="isOfBalances">Whether only the closing balances are told.</param>
    public static async Task<bool> WriteAsync(
        PdfFlow flow, Statement statement, StatementStyle style, bool isOfBalances, CancellationToken cancellationToken)
    {
        PdfTable? table = null;
        var (count, total) = (0, (Int128?)0);
        await foreach (var section in statement.OpenSectionsAsync(cancellationToken))
        {
            table ??= new PdfTable(flow, Columns(flow.Pages, statement, style, isOfBalances));
            var worth = await section.ValueClosingAsync(cancellationToken);
            var row =
                isOfBalances
                    ? Balance(statement, style, section, worth)
                    : await TurnoverAsync(statement, style, section, worth, cancellationToken);
            table.Row(row);
            (count, total) = (count + 1, total + worth);
        }

        if (count > 1 && AmountText.Format(total, statement.BaseCurrency) is { } sum)
        {
            var cells = new string?[table!.Columns];
            (cells[0], cells[^1]) = (style.Language.Total, style.Language.Grouped(sum));
            table.Row(cells, isBold: true);
        }

        table?.Finish();
        return table is not null;
    }

    static PdfColumn[] Columns(PdfPages pages, Statement statement, StatementStyle style, bool isOfBalances)
    {
        var language = style.Language;
        var worth = new PdfColumn(
            string.Format(CultureInfo.InvariantCulture, language.ClosingWorth, statement.BaseCurrency.Code), 96_000, IsNumber: true);
        var closing = new PdfColumn(language.Closing, 96_000, IsNumber: true);
        PdfColumn[] columns = isOfBalances
            ? [new(language.AccountNumber, 0), new(language.Currency, 48_000), new(language.Status, 86_000), closing, worth]
            :
            [
                new(language.AccountNumber, 0), new(language.Currency, 48_000), new(language.Status, 86_000),
                new(language.Opening, 96_000, IsNumber: true),
                new(language.Credits, 96_000, IsNumber: true), new(language.Debits, 96_000, IsNumber: true), closing, worth,
            ];
        columns[0] = columns[0] with { Width = pages.Inside - columns.Sum(column => column.Width) };
        return columns;
    }

    static string?[] Balance(Statement statement, StatementStyle style, StatementSection section, Int128? worth) =>
    [
        Name(style, section), section.Currency.Code, style.Language.Statuses[section.Status], Amount(style, section, section.Closing),
        AmountText.Format(worth, statement.BaseCurrency) is { } value ? style.Language.Grouped(value) : null,
    ];

    static async Task<string?[]> TurnoverAsync(
        Statement statement, StatementStyle style, StatementSection section, Int128? worth, CancellationToken cancellationToken)
    {
        var sums = await section.SummarizeAsync(cancellationToken);
        var balance = Balance(statement, style, section, worth);
        return
        [
            .. balance[..3], Amount(style, section, section.Opening), Amount(style, section, sums.Credits),
            Amount(style, section, sums.Debits), .. balance[3..],
        ];
    }

    static string Amount(StatementStyle style, StatementSection section, Int128 minor) =>
        style.Language.Grouped(AmountText.Format(minor, section.Currency));

    static string Name(StatementStyle style, StatementSection section)
    {
        var numbers = style.NumbersOf(section.Account);
        var number = numbers.Iban is { } iban ? Iban.Grouped(iban) : numbers.Number;
        var id = PlainText.Of(section.Account.Account);
        return WholeText.Join(", ", number is null ? id : $"{number} ({id})", section.Account.Code?.Value);
    }
}
