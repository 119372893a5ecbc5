namespace Kopeck.Statements.Writing;

/// <summary>
/// The styles of a workbook's cells, in the order of its <c>cellXfs</c>; amounts follow, by decimals, plain and then bold.
/// </summary>
static class SheetStyle
{
    /// <summary>Plain.</summary>
    public const int Plain = 0;

    /// <summary>The name of a total.</summary>
    public const int Bold = 1;

    /// <summary>A moment.</summary>
    public const int Time = 2;

    /// <summary>A day.</summary>
    public const int Date = 3;

    /// <summary>Plain, a text that starts like a formula: it stays a text when somebody edits its cell.</summary>
    public const int Quoted = 4;

    /// <summary>Bold, likewise.</summary>
    public const int QuotedBold = 5;

    /// <summary>A heading above texts.</summary>
    public const int Heading = 6;

    /// <summary>A heading above numbers.</summary>
    public const int NumberHeading = 7;

    /// <summary>The title of a document.</summary>
    public const int Title = 8;

    /// <summary>A text that goes on in further lines.</summary>
    public const int Wrapped = 9;

    /// <summary>Likewise, a text that starts like a formula.</summary>
    public const int QuotedWrapped = 10;

    /// <summary>A day of a total.</summary>
    public const int BoldDate = 11;

    const int FirstAmount = 12;
    const int MaxDecimals = 4;
    const string Top = "<alignment vertical=\"top\"/>";
    const string Wrap = "<alignment vertical=\"top\" wrapText=\"1\"/>";

    /// <summary>An amount with so many decimals.</summary>
    public static int Amount(int decimals, bool isBold) => FirstAmount + decimals + (isBold ? MaxDecimals + 1 : 0);

    /// <summary>The style of the same look whose text is never a formula.</summary>
    public static int Quote(int style) => style switch { Bold => QuotedBold, Wrapped => QuotedWrapped, _ => Quoted };

    /// <summary>The part <c>xl/styles.xml</c>.</summary>
    /// <param name="datePattern">The order of a date's parts.</param>
    public static string Xml(string datePattern)
    {
        // 164 is the first number format of a workbook's own.
        const int FirstFormat = 164;
        var day =
            datePattern.ToLowerInvariant().Replace("-", "\\-", StringComparison.Ordinal).Replace(".", "\\.", StringComparison.Ordinal);
        string[] amounts = ["#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000"];
        string[] formats = [day + " hh:mm:ss", day, .. amounts];
        var numFmts =
            string.Concat(formats.Select((format, index) => $"<numFmt numFmtId=\"{FirstFormat + index}\" formatCode=\"{format}\"/>"));
        // Number format, font, fill, border, alignment.
        var xfs = new List<(int Format, int Font, int Fill, int Border, string Alignment)>
        {
            (0, 0, 0, 0, Top), (0, 1, 0, 0, Top), (FirstFormat, 0, 0, 0, Top), (FirstFormat + 1, 0, 0, 0, Top), (0, 0, 0, 0, Top),
            (0, 1, 0, 0, Top),
            (0, 1, 2, 1, "<alignment vertical=\"center\" wrapText=\"1\"/>"),
            (0, 1, 2, 1, "<alignment horizontal=\"right\" vertical=\"center\" wrapText=\"1\"/>"),
            (0, 2, 0, 0, ""), (0, 0, 0, 0, Wrap), (0, 0, 0, 0, Wrap), (FirstFormat + 1, 1, 0, 0, Top),
        };
        for (var font = 0; font <= 1; font++)
            xfs.AddRange(amounts.Select((_, index) => (FirstFormat + 2 + index, font, 0, 0, Top)));
        var cellXfs = string.Concat(xfs.Select((xf, index) =>
            $"<xf numFmtId=\"{xf.Format}\" fontId=\"{xf.Font}\" fillId=\"{xf.Fill}\" borderId=\"{xf.Border}\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" "
            + $"applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"{(index is Quoted or QuotedBold or QuotedWrapped ? " quotePrefix=\"1\"" : "")}>{xf.Alignment}</xf>"));
        return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
            + $"<numFmts count=\"{formats.Length}\">{numFmts}</numFmts>"
            + $"<fonts count=\"3\"><font>{Font(11)}</font><font><b/>{Font(11)}</font><font><b/>{Font(16)}</font></fonts>"
            + "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
            + "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE7ECF2\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>"
            + "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>"
            + "<border><left/><right/><top/><bottom style=\"thin\"><color rgb=\"FF808080\"/></bottom><diagonal/></border></borders>"
            + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
            + $"<cellXfs count=\"{xfs.Count}\">{cellXfs}</cellXfs>"
            + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";
    }

    static string Font(int size) => $"<sz val=\"{size}\"/><name val=\"Calibri\"/><family val=\"2\"/>";
}
