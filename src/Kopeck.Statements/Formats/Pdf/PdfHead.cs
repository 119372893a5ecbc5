using Kopeck.Statements.Languages;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Pdf;

/// <summary>What stands above the tables: the letterhead, the title and the facts on the first page, a line on the others.</summary>
static class PdfHead
{
    const int TitleSize = 15_000;
    const int NameSize = 12_000;
    const int TextSize = 8_000;
    const int ShortHeight = 12_000;

    /// <summary>The flow of a document whose first page begins with this head.</summary>
    public static PdfFlow Begin(PdfPages pages, Letterhead? letterhead, string title, string running)
    {
        var flow = new PdfFlow(pages, pages.Height - PdfPages.Margin, () =>
        {
            var place = pages.Height - PdfPages.Margin - TextSize;
            pages.BeginArtifact();
            pages.Text(
                PdfWrap.Shorten(pages, running, pages.Inside, TextSize, isBold: false), PdfPages.Margin, place, TextSize, isBold: false);
            pages.End();
            return place - ShortHeight / 2;
        });
        if (letterhead is { } house)
        {
            flow.Paragraph(house.Name, NameSize, isBold: true);
            foreach (var line in house.Lines)
            {
                flow.Take(-4_000);
                flow.Paragraph(line, TextSize, isBold: false);
            }

            flow.Take(2_000);
            pages.Rule(flow.Place, gray: 0);
            flow.Take(4_000);
        }

        flow.Paragraph(title, TitleSize, isBold: true, "H1");
        return flow;
    }

    /// <summary>A name and what it is, one below the other.</summary>
    public static void Facts(PdfFlow flow, params ReadOnlySpan<(string Name, string? Value)> facts)
    {
        foreach (var (name, value) in facts)
        {
            if (string.IsNullOrEmpty(value))
                continue;
            flow.Take(-3_000);
            flow.Paragraph($"{name}: {value}", TextSize, isBold: false);
        }

        flow.Take(3_000);
    }

    /// <summary>Says that letters are boxes, where some are.</summary>
    public static void Boxes(PdfFlow flow, Language language)
    {
        if (flow.Pages.HasBoxes)
            flow.Paragraph(language.NoFont, TextSize, isBold: false);
    }
}
