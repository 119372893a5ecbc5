using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Xml;
using Kopeck.Ledger;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats;

/// <summary>Open Financial Exchange 2.2 (XML), a bank statement download (section 11.4) with a response for each wallet.</summary>
sealed class OfxStatements : IStatementWriter
{
    const int MaxName = 32;
    const int MaxMemo = 255;
    const int MaxRateDigits = 20;
    const int MaxRateDecimals = 12;

    static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CloseOutput = false, Indent = true, IndentChars = " ", NewLineChars = "\n" };

    public string Format => "ofx";

    public string MediaType => "application/x-ofx";

    public string Extension => "ofx";

    public ValueTask<Rejection?> CheckAsync(Statement statement, CancellationToken cancellationToken) => WalletsOnly.CheckAsync(statement, Format, cancellationToken);

    public async Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken)
    {
        await using var stream = new PipeStream(output);
        using var xml = XmlWriter.Create(stream, Settings);
        xml.WriteStartDocument(standalone: false);
        xml.WriteProcessingInstruction("OFX", "OFXHEADER=\"200\" VERSION=\"220\" SECURITY=\"NONE\" OLDFILEUID=\"NONE\" NEWFILEUID=\"NONE\"");
        xml.WriteStartElement("OFX");
        WriteSignOn(xml, statement, style.Language);
        xml.WriteStartElement("BANKMSGSRSV1");
        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            WriteBegin(xml, statement, section);
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                    WriteLine(xml, style, section.Currency, line, statement.BaseCurrency);
                xml.Flush();
                await output.SendAsync(cancellationToken);
            }

            WriteEnd(xml, style, statement, section);
            xml.Flush();
            await output.SendAsync(cancellationToken);
        }

        xml.WriteEndDocument();
        xml.Flush();
        stream.WriteByte((byte)'\n');
        await output.SendAsync(cancellationToken);
    }

    static void WriteSignOn(XmlWriter xml, Statement statement, Language language)
    {
        xml.WriteStartElement("SIGNONMSGSRSV1");
        xml.WriteStartElement("SONRS");
        WriteDone(xml);
        xml.WriteElementString("DTSERVER", Time(statement.Pin.At));
        xml.WriteElementString("LANGUAGE", language.ThreeLetterCode);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    static void WriteDone(XmlWriter xml)
    {
        xml.WriteStartElement("STATUS");
        xml.WriteElementString("CODE", "0");
        xml.WriteElementString("SEVERITY", "INFO");
        xml.WriteEndElement();
    }

    static void WriteBegin(XmlWriter xml, Statement statement, StatementSection section)
    {
        xml.WriteStartElement("STMTTRNRS");
        xml.WriteElementString("TRNUID", StatementIds.Long(statement, section));
        WriteDone(xml);
        xml.WriteStartElement("STMTRS");
        xml.WriteElementString("CURDEF", section.Currency.Code);
        xml.WriteStartElement("BANKACCTFROM");
        xml.WriteElementString("BANKID", "KOPECK");
        xml.WriteElementString("ACCTID", section.Account.Account.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("ACCTTYPE", "CHECKING");
        xml.WriteEndElement();
        xml.WriteStartElement("BANKTRANLIST");
        xml.WriteElementString("DTSTART", Time(statement.Period.Start));
        xml.WriteElementString("DTEND", Time(statement.Period.End));
    }

    static void WriteLine(XmlWriter xml, StatementStyle style, Currency currency, StatementLine line, Currency baseCurrency)
    {
        var kind = style.Language.Name(line.Kind);
        xml.WriteStartElement("STMTTRN");
        xml.WriteElementString("TRNTYPE", line.Kind switch
        {
            OperationKind.Deposit => "DEP",
            OperationKind.Transfer => "XFER",
            _ => line.Amount < 0 ? "DEBIT" : "CREDIT",
        });
        xml.WriteElementString("DTPOSTED", Time(line.At));
        xml.WriteElementString("TRNAMT", MoneyText.Format(line.Amount, currency));
        xml.WriteElementString("FITID", string.Create(CultureInfo.InvariantCulture, $"{line.Number}.{line.Place}"));
        xml.WriteElementString("NAME", WholeText.Cut(line.Counterparty?.Name?.Value ?? line.Counterparty?.Code?.Value ?? kind, MaxName));
        if (Memo(line, baseCurrency) is { Length: > 0 } memo)
            xml.WriteElementString("MEMO", WholeText.Cut(memo, MaxMemo));
        if (line.Original is { } original && CurrencyRate(original, currency) is { } rate)
        {
            xml.WriteStartElement("ORIGCURRENCY");
            xml.WriteElementString("CURRATE", rate);
            xml.WriteElementString("CURSYM", original.Currency.Code);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>What OFX has no member for: the other side of a conversion at its exact rate, and the worth. First what may be cut last.</summary>
    static string Memo(StatementLine line, Currency baseCurrency)
    {
        var original = line.Original is { } other ? $"{MoneyText.Format(other.AmountMinor, other.Currency)} {other.Currency.Code} at {other.Rate} {other.From}/{other.To}" : null;
        var worth = AmountText.Format(line.Worth, baseCurrency) is { } value ? $"{value} {baseCurrency.Code}" : null;
        var facts = WholeText.Join("; ", original, worth);
        var room = MaxMemo - facts.Length - (facts.Length > 0 ? 2 : 0);
        return WholeText.Join("; ", line.Description is { } description ? WholeText.Cut(description, room) : null, facts);
    }

    /// <summary>Units of the wallet's currency for one of the original (section 5.2).</summary>
    static string? CurrencyRate(OriginalAmount original, Currency currency) => original.To == currency.Code
        ? RateText.Round(original.Rate, MaxRateDigits, MaxRateDecimals)
        : RateText.Invert(original.Rate, MaxRateDigits, MaxRateDecimals);

    static void WriteEnd(XmlWriter xml, StatementStyle style, Statement statement, StatementSection section)
    {
        xml.WriteEndElement();
        xml.WriteStartElement("LEDGERBAL");
        xml.WriteElementString("BALAMT", MoneyText.Format(section.Closing, section.Currency));
        xml.WriteElementString("DTASOF", Time(statement.Period.End));
        xml.WriteEndElement();
        xml.WriteElementString("MKTGINFO", WholeText.Cut(Notices.PinAndQuotes(statement, section, style.Language), 360));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // YYYYMMDDHHMMSS.XXX[0:GMT], section 3.2.8.2.
    static string Time(Instant instant)
    {
        var text = instant.ToString();
        return $"{text[..4]}{text[5..7]}{text[8..10]}{text[11..13]}{text[14..16]}{text[17..23]}[0:GMT]";
    }
}
