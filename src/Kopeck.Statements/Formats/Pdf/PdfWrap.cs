using System.Globalization;
using System.Text;

namespace Kopeck.Statements.Formats.Pdf;

/// <summary>Breaks texts into lines: between words, and inside of a word only where it has no room in a line of its own.</summary>
static class PdfWrap
{
    public static List<string> Lines(PdfPages pages, string text, int width, int size, bool isBold)
    {
        if (pages.Measure(text, size, isBold) <= width)
            return [text];
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (pages.Measure(longer, size, isBold) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
                lines.Add(line);
            line = Break(pages, word, width, size, isBold, lines);
        }

        lines.Add(line);
        return lines;
    }

    /// <summary>A text that fits, with three points where some of it is left out.</summary>
    public static string Shorten(PdfPages pages, string text, int width, int size, bool isBold)
    {
        const string More = "…";
        if (pages.Measure(text, size, isBold) <= width)
            return text;
        var elements = StringInfo.ParseCombiningCharacters(text);
        for (var count = elements.Length - 1; count > 0; count--)
        {
            if (text[..elements[count]].TrimEnd() + More is var shorter && pages.Measure(shorter, size, isBold) <= width)
                return shorter;
        }

        return More;
    }

    /// <summary>The last part of a word; those before it have lines of their own.</summary>
    static string Break(PdfPages pages, string word, int width, int size, bool isBold, List<string> lines)
    {
        if (pages.Measure(word, size, isBold) <= width)
            return word;
        var part = new StringBuilder();
        for (var place = 0; place < word.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(word, place);
            var element = word.Substring(place, length);
            if (part.Length > 0 && pages.Measure(part + element, size, isBold) > width)
            {
                lines.Add(part.ToString());
                part.Clear();
            }

            part.Append(element);
            place += length;
        }

        return part.ToString();
    }
}
