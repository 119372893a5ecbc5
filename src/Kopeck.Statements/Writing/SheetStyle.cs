namespace Kopeck.Statements.Writing;

/// <summary>The styles of a workbook's cells, in the order of its <c>cellXfs</c>; amounts follow, by decimals, plain and then bold.</summary>
static class SheetStyle
{
    /// <summary>Plain.</summary>
    public const int Plain = 0;

    /// <summary>A heading or the name of a total.</summary>
    public const int Bold = 1;

    /// <summary>A moment, to the millisecond.</summary>
    public const int Time = 2;

    /// <summary>A day.</summary>
    public const int Date = 3;

    /// <summary>Plain, a text that starts like a formula: it stays a text when somebody edits its cell.</summary>
    public const int Quoted = 4;

    /// <summary>Bold, likewise.</summary>
    public const int QuotedBold = 5;

    const int FirstAmount = 6;
    const int MaxDecimals = 4;

    /// <summary>An amount with so many decimals.</summary>
    public static int Amount(int decimals, bool isBold) => FirstAmount + decimals + (isBold ? MaxDecimals + 1 : 0);

    /// <summary>The part <c>xl/styles.xml</c>.</summary>
    public static string Xml { get; } = Write();

    static string Write()
    {
        // 164 is the first number format of a workbook's own.
        const int FirstFormat = 164;
        string[] amounts = ["#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000"];
        string[] formats = ["yyyy\\-mm\\-dd hh:mm:ss.000", "yyyy\\-mm\\-dd", .. amounts];
        var numFmts = string.Concat(formats.Select((format, index) => $"<numFmt numFmtId=\"{FirstFormat + index}\" formatCode=\"{format}\"/>"));
        var xfs = new List<(int Format, int Font)> { (0, 0), (0, 1), (FirstFormat, 0), (FirstFormat + 1, 0), (0, 0), (0, 1) };
        for (var font = 0; font <= 1; font++)
            xfs.AddRange(amounts.Select((_, index) => (FirstFormat + 2 + index, font)));
        var cellXfs = string.Concat(xfs.Select((xf, index) => $"<xf numFmtId=\"{xf.Format}\" fontId=\"{xf.Font}\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"{(index is Quoted or QuotedBold ? " quotePrefix=\"1\"" : "")}/>"));
        return $"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="{formats.Length}">{numFmts}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="{xfs.Count}">{cellXfs}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
            """;
    }
}
