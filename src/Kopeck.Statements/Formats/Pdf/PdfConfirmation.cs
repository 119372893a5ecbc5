using System.Globalization;
using System.IO.Pipelines;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Pdf;

/// <summary>A page that confirms what a customer's accounts held at the end of a period's last day, to be signed.</summary>
sealed class PdfConfirmation : IStatementWriter
{
    const int TextSize = 10_000;
    const int SmallSize = 8_000;
    const int Air = 24_000;

    public string Format => "confirmation";

    public string MediaType => "application/pdf; profile=confirmation";

    public string Extension => "pdf";

    public async Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken)
    {
        var language = style.Language;
        var who = PdfFacts.Who(statement, language);
        using var document =
            new PdfDocument(output, language, style.Letterhead, statement.Pin.At, PdfFacts.Footer(statement, language), isPortrait: true);
        var flow = PdfHead.Begin(document.Pages, style.Letterhead, language.Confirmation, $"{language.Confirmation}  ·  {who}");
        flow.Take(Air / 2);
        var day = language.Format(statement.Period.LastDay);
        flow.Paragraph(string.Format(CultureInfo.InvariantCulture, language.ConfirmationText, day, who), TextSize, isBold: false);
        flow.Take(Air / 2);
        if (!await PdfSummary.WriteAsync(flow, statement, style, isOfBalances: true, cancellationToken))
            flow.Paragraph(language.NoWallets, TextSize, isBold: false);
        flow.Take(2 * Air);
        flow.Paragraph($"{language.Signature}: ______________________________", TextSize, isBold: false);
        if (style.Letterhead is { } house)
            flow.Paragraph(house.Name, SmallSize, isBold: false);
        PdfHead.Boxes(flow, language);
        document.Finish(
            $"{language.Confirmation}: {who}, {day}",
            $"confirmation/{statement.Book}/{statement.Pin.Hash}/{who}/{day}/{statement.Zone}/{language.Code}");
        await output.SendAsync(cancellationToken);
    }
}
