using System.Buffers;
using System.Globalization;
using System.Text;
using Kopeck.Ledger;
using Kopeck.Ledger.Money;

namespace Kopeck.Statements.Writing;

/// <summary>A worksheet that is written row by row, its cells typed. Text is written as text, never as a formula.</summary>
sealed class Sheet : IDisposable
{
    /// <summary>The most rows of a sheet.</summary>
    public const int MaxRows = 1_048_576;

    // Spreadsheets keep 15 digits of a number: what has more is text, so that no digit is lost.
    const int MaxDigits = 15;
    const int EpochDay = 25_569;
    const int FlushBytes = 32 * 1024;

    static readonly SearchValues<char> Escaped = SearchValues.Create("<>&\"");

    readonly Stream stream;
    readonly SheetLayout layout;
    readonly ArrayBufferWriter<byte> buffer = new(FlushBytes * 2);
    int column;

    public Sheet(Stream stream, SheetLayout layout)
    {
        this.stream = stream;
        this.layout = layout;
        Ascii(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">");
        Ascii("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\"");
        Ascii(layout.IsTable ? $">{Pane(layout.FrozenColumns)}</sheetView></sheetViews>" : " showGridLines=\"0\"/></sheetViews>");
        Ascii("<cols>");
        for (var index = 1; index <= layout.Widths.Count; index++)
            Ascii(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"<col min=\"{index}\" max=\"{index}\" width=\"{layout.Widths[index - 1]}\" customWidth=\"1\"/>"));
        Ascii("</cols><sheetData>");
    }

    static string Pane(int columns) => columns == 0
        ? "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"<pane xSplit=\"{columns}\" ySplit=\"1\" topLeftCell=\"{(char)('A' + columns)}2\" activePane=\"bottomRight\" state=\"frozen\"/>");

    /// <summary>Where the table is, such as <c>$A$1:$Q$40</c>.</summary>
    public static string Range(SheetLayout layout, int rows) =>
        string.Create(CultureInfo.InvariantCulture, $"$A$1:${(char)('A' + layout.Widths.Count - 1)}${rows}");

    /// <summary>The rows so far.</summary>
    public int Rows { get; private set; }

    public void BeginRow()
    {
        Rows++;
        column = 0;
        Ascii("<row r=\"");
        Number(Rows);
        Ascii("\">");
    }

    public void EndRow()
    {
        Ascii("</row>");
        if (buffer.WrittenCount >= FlushBytes)
            Flush();
    }

    public void Text(string? text, int style = SheetStyle.Plain)
    {
        if (string.IsNullOrEmpty(text))
        {
            Empty();
            return;
        }

        // A text cell is never evaluated as it stands; the style says that it is none to who edits it.
        if (FormulaText.IsLike(text))
            style = SheetStyle.Quote(style);
        BeginCell(style, " t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        Escape(text);
        Ascii("</t></is></c>");
    }

    /// <summary>Text that goes on in further lines of its cell.</summary>
    public void LongText(string? text) => Text(text, SheetStyle.Wrapped);

    public void Integer(long number, int style = SheetStyle.Plain)
    {
        if (Math.Abs(number) >= 1_000_000_000_000_000)
        {
            Text(number.ToString(CultureInfo.InvariantCulture), style);
            return;
        }

        BeginCell(style, "><v>");
        Number(number);
        Ascii("</v></c>");
    }

    public void Money(Int128? minor, Currency currency, bool isBold = false)
    {
        if (minor is not { } value)
        {
            Empty();
            return;
        }

        Decimal(AmountText.Format(value, currency), SheetStyle.Amount(currency.MinorUnits, isBold));
    }

    /// <summary>A rate, always a number, so that its column has one type: in the 15 digits that a spreadsheet keeps.</summary>
    public void Rate(string rate) => Decimal(RateText.Significant(rate, MaxDigits), SheetStyle.Plain);

    /// <summary>Decimal digits as a number, or as text where a spreadsheet would lose some.</summary>
    void Decimal(string digits, int style)
    {
        var isNumber = digits.Count(char.IsAsciiDigit) - (
            digits.StartsWith("0.", StringComparison.Ordinal) || digits.StartsWith("-0.", StringComparison.Ordinal) ? 1 : 0) <= MaxDigits;
        BeginCell(style, isNumber ? "><v>" : " t=\"inlineStr\"><is><t>");
        Ascii(digits);
        Ascii(isNumber ? "</v></c>" : "</t></is></c>");
    }

    /// <summary>What clocks in a zone show.</summary>
    public void Time(Instant instant, DayZone zone)
    {
        // Days since the end of 1899, as spreadsheets count. Cut to milliseconds, which survive a spreadsheet's arithmetic: rounding up
        // could show the next day.
        var local = instant.Microseconds / 1_000 + zone.OffsetSeconds(instant) * 1_000L;
        var days = Math.Round(local / 86_400_000m, 10) + EpochDay;
        BeginCell(SheetStyle.Time, "><v>");
        var span = buffer.GetSpan(40);
        days.TryFormat(span, out var length, "0.##########", CultureInfo.InvariantCulture);
        buffer.Advance(length);
        Ascii("</v></c>");
    }

    public void Date(DateOnly date, int style = SheetStyle.Date)
    {
        BeginCell(style, "><v>");
        Number(date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + EpochDay);
        Ascii("</v></c>");
    }

    public void Empty(int count = 1) => column += count;

    /// <summary>Hands on what was written.</summary>
    public void Flush()
    {
        stream.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }

    public void Dispose()
    {
        Ascii("</sheetData>");
        if (layout.IsTable)
            Ascii($"<autoFilter ref=\"{Range(layout, Rows).Replace("$", "", StringComparison.Ordinal)}\"/>");
        Ascii("<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>");
        Ascii(
            $"<pageSetup paperSize=\"9\" orientation=\"{(layout.IsTable ? "landscape" : "portrait")}\" fitToWidth=\"1\" fitToHeight=\"0\"/><headerFooter>");
        if (layout.PageTitle is { } title)
        {
            Ascii("<oddHeader>&amp;L");
            // An ampersand would begin a code of its own.
            Escape(title.Replace("&", "&&", StringComparison.Ordinal));
            Ascii("</oddHeader>");
        }

        Ascii("<oddFooter>&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>");
        Flush();
        stream.Dispose();
    }

    void BeginCell(int style, string rest)
    {
        Ascii("<c r=\"");
        var span = buffer.GetSpan(2);
        var at = 0;
        if (column >= 26)
            span[at++] = (byte)('A' + column / 26 - 1);
        span[at++] = (byte)('A' + column % 26);
        buffer.Advance(at);
        column++;
        Number(Rows);
        buffer.Write("\""u8);
        if (style != SheetStyle.Plain)
        {
            Ascii(" s=\"");
            Number(style);
            buffer.Write("\""u8);
        }

        Ascii(rest);
    }

    void Number(long number)
    {
        var span = buffer.GetSpan(20);
        number.TryFormat(span, out var length, default, CultureInfo.InvariantCulture);
        buffer.Advance(length);
    }

    void Escape(string text)
    {
        if (text.AsSpan().ContainsAny(Escaped))
            text = text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal);
        var span = buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        buffer.Advance(Encoding.UTF8.GetBytes(text, span));
    }

    void Ascii(string text)
    {
        var span = buffer.GetSpan(text.Length);
        buffer.Advance(Encoding.ASCII.GetBytes(text, span));
    }
}
