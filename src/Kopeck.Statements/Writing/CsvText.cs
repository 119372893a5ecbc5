using System.Buffers;
using System.Globalization;
using System.Text;
using Kopeck.Ledger;
using Kopeck.Ledger.Money;

namespace Kopeck.Statements.Writing;

/// <summary>
/// Writes rows of CSV as RFC 4180 has them: CRLF, double quotes where a field needs them, UTF-8. Text that a spreadsheet would take for a
/// formula is neutralised.
/// </summary>
struct CsvText(IBufferWriter<byte> output, CsvDialect dialect)
{
    const int MaxFixed = 64;

    // Some spreadsheets part fields at semicolons or tabs, whatever the file does.
    static readonly SearchValues<char> NeedsQuotes = SearchValues.Create("\",;\t\r\n");

    bool isFirst = true;

    public CsvText(IBufferWriter<byte> output)
        : this(output, CsvDialect.Plain)
    {
    }

    /// <summary>The mark before all else, where the dialect has one.</summary>
    public readonly void Mark()
    {
        if (dialect.HasMark)
            output.Write(Encoding.UTF8.Preamble);
    }

    public void Text(string? text)
    {
        Separate();
        if (string.IsNullOrEmpty(text))
            return;
        text = FormulaText.Neutralize(text);
        var needsQuotes = text.AsSpan().ContainsAny(NeedsQuotes) || text[0] == ' ' || text[^1] == ' ';
        if (needsQuotes)
            text = "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        output.Advance(Encoding.UTF8.GetBytes(text, span));
    }

    public void Number(long number)
    {
        Separate();
        var span = output.GetSpan(MaxFixed);
        number.TryFormat(span, out var length, default, CultureInfo.InvariantCulture);
        output.Advance(length);
    }

    public void OptionalNumber(long? number)
    {
        if (number is { } given)
            Number(given);
        else
            Empty();
    }

    public void Money(long minor, Currency currency)
    {
        Separate();
        var span = output.GetSpan(MaxFixed);
        MoneyText.TryFormat(span, minor, currency.MinorUnits, out var length);
        if (dialect.DecimalMark != '.')
            span[..length].Replace((byte)'.', (byte)dialect.DecimalMark);
        output.Advance(length);
    }

    public void Money(Int128? minor, Currency currency)
    {
        if (minor is { } value && value >= long.MinValue && value <= long.MaxValue)
        {
            Money((long)value, currency);
            return;
        }

        Separate();
        if (minor is { } wide)
            Raw(AmountText.Format(wide, currency).Replace('.', dialect.DecimalMark));
    }

    /// <summary>Decimal digits that are no amount.</summary>
    public void Decimal(string? digits)
    {
        Separate();
        if (digits is not null)
            Raw(digits.Replace('.', dialect.DecimalMark));
    }

    public void Date(DateOnly date)
    {
        Separate();
        Raw(date.ToString(dialect.DatePattern, CultureInfo.InvariantCulture));
    }

    public void Instant(Instant instant)
    {
        Separate();
        var span = output.GetSpan(MaxFixed);
        output.Advance(InstantText.Format(instant, span));
    }

    public void Empty(int count = 1)
    {
        for (; count > 0; count--)
            Separate();
    }

    public void End()
    {
        Raw("\r\n");
        isFirst = true;
    }

    void Raw(string ascii)
    {
        var span = output.GetSpan(ascii.Length);
        output.Advance(Encoding.ASCII.GetBytes(ascii, span));
    }

    void Separate()
    {
        if (!isFirst)
        {
            output.GetSpan(1)[0] = (byte)dialect.Separator;
            output.Advance(1);
        }

        isFirst = false;
    }
}
